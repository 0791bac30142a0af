// By brute force: sorts the samples along each direction and tries every border.
#include "catalogue/best_line.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace tinymlp::program {

std::vector<double> best_line_accuracies(const DataSet& data, int angles) {
  const std::size_t rows = data.targets.size();
  std::vector<double> accuracies;
  std::vector<std::pair<float, bool>> projected(rows);  // place along the direction, whether of class 1
  for (int k = 0; k < angles; ++k) {
    const double angle = std::numbers::pi * k / angles, across = std::cos(angle), up = std::sin(angle);
    std::ptrdiff_t right = 0;  // with the border before all samples: those of class 1, for they lie behind it
    for (std::size_t i = 0; i < rows; ++i) {
      projected[i] = {static_cast<float>(across * data.inputs[2 * i] + up * data.inputs[2 * i + 1]),
                      data.targets[i] > 0.5};
      right += projected[i].second;
    }
    std::ranges::sort(projected, {}, &std::pair<float, bool>::first);
    const auto all = static_cast<std::ptrdiff_t>(rows);
    std::ptrdiff_t most = std::max(right, all - right);
    for (const auto& [place, is_one] : projected) {  // the border passes this sample
      right += is_one ? -1 : 1;
      most = std::max({most, right, all - right});
    }
    accuracies.push_back(static_cast<double>(most) / static_cast<double>(rows));
  }
  return accuracies;
}

}  // namespace tinymlp::program
