// The order in which people, and torch.nn.Sequential, count the tensors of a network.
#pragma once
#include <string>

namespace tinymlp {

/// Whether the tensor name `a` stands before `b`. Names are compared part by part, between the points; runs of digits
/// compare as numbers, all else as bytes, and a part "weight" comes before any other: 0.weight, 0.bias, 2.weight,
/// 10.weight. A strict total order: of two different names exactly one stands before the other.
bool stands_before(const std::string& a, const std::string& b);

}  // namespace tinymlp
