// A number that tells data sets apart: the same contents give the same, on every machine.
#pragma once
#include <string>

#include "tinymlp/dataset.h"

namespace tinymlp::program {

/// "fnv1a-64:9f0c…": the hash FNV-1a (Fowler, Noll, Vo) of names, features and targets of all parts,
/// as the network is given them.
std::string fingerprint(const DataParts& parts);

}  // namespace tinymlp::program
