// From a description to a network.
#pragma once
#include <memory>
#include <string_view>

#include "tinymlp/device_dataset.h"
#include "tinymlp/initializer.h"
#include "tinymlp/model_description.h"
#include "tinymlp/network.h"

TINYMLP_BEGIN

/// The layer that `text` names: "Dense(2, 16)", "tanh", "leaky-relu(0.1)", "dropout(0.5)". Throws InputError.
std::unique_ptr<Layer> make_layer(std::string_view text, const Initializer& initializer);

/// The network that the description describes. `initializer`: of every Dense layer; "auto" takes what suits the
/// activation behind it. Throws InputError.
Network make_network(Device& device, const ModelDescription& description, std::string_view initializer,
                     std::uint64_t seed);

/// How this data set's targets become what the described network of so many outputs is to give.
TargetCoding target_coding(const ModelDescription& description, Index outputs);

TINYMLP_END
