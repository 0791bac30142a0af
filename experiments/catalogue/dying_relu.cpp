// A ReLU unit that is negative for all inputs gives 0 and learns nothing. The deeper and narrower a network, the
// likelier a whole layer of such units at the start; then the network is constant, and no training can change that (Lu,
// Shin, Su, Karniadakis 2019).
#include <algorithm>
#include <cmath>

#include "catalogue/registry.h"
#include "grading/data.h"
#include "grading/networks.h"
#include "grading/statistics.h"

namespace tinymlp::program {

namespace {

constexpr Index draws = 5000, points = 41, draws_a_task = 50;

/// Whether some hidden layer gives 0 for every point of [-√3, √3]. `depth` counts the layers with weights.
bool is_born_dead(Device& device, Index width, Index depth, std::uint64_t seed, const std::vector<Scalar>& x) {
  std::vector<Index> sizes(static_cast<std::size_t>(depth), width);
  sizes.front() = 1;
  sizes.push_back(1);
  const Network network(device, 1, seed, dense_stack(sizes, "relu", "identity", make_initializer("he-normal")));
  Pass pass(network, points);
  pass.forward({x.data(), points, 1});
  for (std::size_t i = 1; i + 1 < network.layers().size(); i += 2) {
    const ConstMatrixView y = pass.output(i);
    if (std::all_of(y.data, y.data + y.size(), [](Scalar value) { return value == 0; })) return true;
  }
  return false;
}

double share_born_dead(const Trial& trial, Index width, Index depth) {
  const std::vector<double> grid = evenly_spaced(-std::sqrt(3.0), std::sqrt(3.0), points);
  const std::vector<Scalar> x(grid.begin(), grid.end());
  const std::vector<double> counts = trial.for_each(draws / draws_a_task, [&](Index task) {
    const auto device = make_cpu_device();
    double dead = 0;
    for (Index i = 0; i < draws_a_task; ++i)
      dead += is_born_dead(*device, width, depth, static_cast<std::uint64_t>(task * draws_a_task + i), x);
    return dead;
  });
  return mean(counts) / static_cast<double>(draws_a_task);
}

void run(Trial& trial) {
  struct Case {
    Index depth;
    double narrow, wide;  // what is expected for layers of 2 and of 4
  };
  Curve two{"layers of 2", {}, {}, Curve::Look::line_points}, four{"layers of 4", {}, {}, Curve::Look::line_points};
  for (const auto& [depth, narrow, wide] : {Case{5, 0.50, 0.08}, Case{10, 0.88, 0.30}, Case{20, 0.99, 0.62}}) {
    for (const auto& [width, expected] : {std::pair<Index, double>{2, narrow}, {4, wide}}) {
      const double dead = share_born_dead(trial, width, depth);
      trial.claim(
          "layers of " + std::to_string(width) + ", depth " + std::to_string(depth) + ": share of 5000 draws born dead",
          near(expected, 0.03), measured("5000 draws; Lu et al. 2019: tends to 1"), dead);
      Curve& curve = width == 2 ? two : four;
      curve.x.push_back(static_cast<double>(depth));
      curve.y.push_back(dead);
    }
  }
  trial.claim("layers of 2: growth of the share from depth 5 to 20", at_least(0.3), theory("Lu et al. 2019"),
              two.y.back() - two.y.front());
  trial.claim("layers of 4: growth of the share from depth 5 to 20", at_least(0.3), theory("Lu et al. 2019"),
              four.y.back() - four.y.front());
  trial.figure(CurveFigure{.name = "born-dead",
                           .title = "Narrow, deep ReLU networks are often dead at birth",
                           .x_label = "layers with weights",
                           .y_label = "share of 5000 draws with a dead layer",
                           .curves = {two, four},
                           .settings = "set yrange [0:1.03]\nset xrange [4:21]\n"});
}

}  // namespace

Experiment dying_relu() {
  return {"dying-relu", "Narrow, deep ReLU networks are often born dead",
          "A hidden layer whose ReLU units are all 0 for every input makes the whole network constant, and passes no "
          "gradient back. With He's weights and zero biases this happens to half of the networks with layers of two "
          "units at depth 5, and to nearly all at depth 20; wider layers make it rarer. The price of a derivative that "
          "is exactly 0.",
          run};
}

}  // namespace tinymlp::program
