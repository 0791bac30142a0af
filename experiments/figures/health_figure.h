// health.svg: each layer's gradient, and the shares of dead and saturated units, against the epoch.
#pragma once
#include <string>
#include <vector>

#include "tinymlp/layer_health.h"

namespace tinymlp::program {

/// Draws health.csv, whose lines are those of health_csv_lines(). `layers`: as they are after the last epoch.
std::string health_script(const std::vector<LayerHealth>& layers, const std::string& title);

}  // namespace tinymlp::program
