// How good can a line be? Found by trying all directions and all borders, without any training: what no linear model
// can exceed, however it is trained, and what a network with activations has to beat.
#include <algorithm>
#include <cmath>

#include "catalogue/best_line.h"
#include "catalogue/registry.h"
#include "grading/statistics.h"
#include "tinymlp/generators.h"

namespace tinymlp::program {

namespace {

constexpr int angles = 180;
constexpr Index samples = 20'000, seeds = 3;

/// Like xor, but the points are not pushed away from the axes.
DataSet unpadded_squares(std::uint64_t seed) {
  DataSet data = generate("xor", {.samples = samples, .seed = seed});
  Random random(seed, Purpose::check);
  for (std::size_t i = 0; i < data.targets.size(); ++i) {
    const double x = random.uniform(-5, 5), y = random.uniform(-5, 5);
    data.inputs[2 * i] = x;
    data.inputs[2 * i + 1] = y;
    data.targets[i] = x * y >= 0 ? 1 : 0;
  }
  return data;
}

DataSet make_data(const std::string& name, std::uint64_t seed) {
  return name == "unpadded" ? unpadded_squares(seed) : generate(name, {.samples = samples, .seed = seed});
}

void run(Trial& trial) {
  struct Case {
    const char* name;
    Expectation expected;
    Origin origin;
  };
  const Origin earlier = measured("brute force, 20,000 samples");
  const std::vector<Case> cases{{"circle", near(0.663, 0.02), earlier},
                                {"xor", near(0.688, 0.02), earlier},
                                {"spiral", near(0.627, 0.02), earlier},
                                {"gauss", near(1, 0.02), earlier},
                                {"unpadded", near(2.0 / 3, 0.02), theory("geometry of four squares")}};
  CurveFigure figure{.name = "lines",
                     .title = "The best straight border across each direction",
                     .x_label = "direction [degrees]",
                     .y_label = "share of samples on the right side",
                     .curves = {},
                     .settings = "set yrange [0.45:1.02]\nset xrange [0:180]\nset xtics 45\n"};
  const auto all = trial.for_each(static_cast<Index>(cases.size()) * seeds, [&](Index i) {
    return best_line_accuracies(
        make_data(cases[static_cast<std::size_t>(i / seeds)].name, static_cast<std::uint64_t>(i % seeds)), angles);
  });
  for (std::size_t i = 0; i < cases.size(); ++i) {
    std::vector<double> best;
    for (std::size_t seed = 0; seed < seeds; ++seed) best.push_back(std::ranges::max(all[i * seeds + seed]));
    const std::string name = std::string(cases[i].name) == "unpadded" ? "unpadded xor" : cases[i].name;
    trial.claim(name + ": best line, median of 3 draws", cases[i].expected, cases[i].origin, median(best));
    Curve curve{name, {}, all[i * seeds]};
    for (int k = 0; k < angles; ++k) curve.x.push_back(k * 180.0 / angles);
    figure.curves.push_back(std::move(curve));
  }
  trial.figure(figure);
}

}  // namespace

Experiment linear_ceiling() {
  return {
      "linear-ceiling", "The best line, found by brute force",
      "For 20,000 points of each playground set, every direction and every border across it is tried. The best line "
      "puts two thirds of circle, xor and spiral on the right side, and all of gauss. No linear network, of any depth "
      "and however trained, can do better than this on such data; what an activation adds is what exceeds it.",
      run};
}

}  // namespace tinymlp::program
