// Finds where a function has kinks, so that its derivative can be looked at on both sides of each.
#pragma once
#include <functional>
#include <vector>

namespace tinymlp {

/// The points between `low` and `high` where f's slope jumps, in order, each to within 1e-6: found from f's values
/// alone, by halving intervals of a tenth. Of several kinks within one of these it finds one.
std::vector<double> find_kinks(const std::function<double(double)>& f, double low, double high);

}  // namespace tinymlp
