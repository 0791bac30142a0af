#include "collapse/examine.h"

#include <algorithm>
#include <cmath>

#include "model/description.h"
#include "tinymlp/losses.h"
#include "tinymlp/model.h"
#include "tinymlp/pass.h"
#include "tinymlp/random.h"

namespace tinymlp::program {

namespace {

constexpr Index random_rows = 1000;
constexpr Index most_rows_at_once = 512;
constexpr std::uint32_t stream = 77;  // of random rows

/// A model that can be asked for its outputs.
class Predictor {
 public:
  Predictor(Device& device, const ModelDescription& description, const std::vector<Tensor>& tensors)
      : device_(device), network_(make_network(device, description, "zeros", 0)), pass_(network_, most_rows_at_once) {
    network_.set_parameters(tensors);
  }
  Index outputs() const { return network_.outputs(); }

  /// x: (rows, inputs); returns (rows, outputs).
  std::vector<double> operator()(std::span<const double> x) {
    const Index inputs = network_.inputs(), rows = static_cast<Index>(x.size()) / inputs;
    const Buffer<Scalar> batch = make_buffer<Scalar>(device_, most_rows_at_once * inputs);
    std::vector<double> outputs;
    for (Index first = 0; first < rows; first += most_rows_at_once) {
      const Index count = std::min(most_rows_at_once, rows - first);
      const auto part = x.subspan(static_cast<std::size_t>(first * inputs), static_cast<std::size_t>(count * inputs));
      const std::vector<Scalar> rounded(part.begin(), part.end());
      device_.upload(batch.get(), rounded.data(), sizeof(Scalar) * rounded.size());
      const ConstMatrixView y = pass_.forward({batch.get(), count, inputs});
      std::vector<Scalar> values(static_cast<std::size_t>(y.size()));
      device_.download(values.data(), y.data, sizeof(Scalar) * values.size());
      outputs.insert(outputs.end(), values.begin(), values.end());
    }
    return outputs;
  }

 private:
  Device& device_;
  Network network_;
  Pass pass_;
};

/// NaN if any is.
double largest_difference(std::span<const double> a, std::span<const double> b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double difference = std::abs(a[i] - b[i]);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

OutputDifference compare_outputs(const Subject& subject, const FoldedModel& folded, Predictor& network,
                                 Predictor& other, std::span<const double> x) {
  const std::vector<double> y = network(x);
  OutputDifference difference;
  difference.rows = static_cast<Index>(y.size()) / network.outputs();
  difference.largest = largest_difference(y, other(x));
  for (const double value : y) difference.largest_output = std::max(difference.largest_output, std::abs(value));
  if (folded.map)
    difference.in_double =
        largest_difference(apply_affine_layers(subject.description, subject.tensors, x), folded.map->apply(x));
  return difference;
}

std::vector<double> draw_rows(Index inputs) {
  Random random(0, Purpose::check, stream);
  std::vector<double> x;
  for (Index i = 0; i < random_rows * inputs; ++i) x.push_back(random.normal());
  return x;
}

/// ‖a - b‖ / ‖b‖ over weights and biases.
double relative_distance(const AffineMap& a, const AffineMap& b) {
  double distance = 0, norm = 0;
  const auto add = [&](const std::vector<double>& from, const std::vector<double>& to) {
    for (std::size_t i = 0; i < to.size(); ++i) {
      distance += (from[i] - to[i]) * (from[i] - to[i]);
      norm += to[i] * to[i];
    }
  };
  add(a.w, b.w);
  add(a.b, b.b);
  return norm > 0 ? std::sqrt(distance / norm) : std::sqrt(distance);
}

std::optional<OptimumDistance> find_optimum(const ModelDescription& description, const DataSet& rows,
                                            const FoldedModel& folded, Predictor& network, std::span<const double> x) {
  if (!is_optimum(description)) return std::nullopt;
  const SoftmaxOptions search{.most_iterations = is_long_search(rows) ? 400 : 2000};
  OptimumDistance distance{fit_linear_model(description, rows, search), 0, 0, {}};
  const std::vector<double> y = folded.map ? folded.map->apply(x) : network(x);
  distance.loss = loss_of_outputs(description, rows, y);
  distance.best_loss = loss_of_outputs(description, rows, distance.optimum.map.apply(x));
  if (distance.optimum.separable) distance.best_loss = 0;  // what the losses of ever larger weights go to
  if (folded.map && !distance.optimum.separable)
    distance.weights = relative_distance(*folded.map, distance.optimum.map);
  return distance;
}

}  // namespace

Collapse examine(const Subject& subject, Device& device) {
  Collapse collapse;
  collapse.folded = fold_affine_layers(subject.description, subject.tensors);
  const FoldedModel& folded = collapse.folded;
  collapse.parameters_before = parameter_count(subject.description);
  collapse.parameters_after = parameter_count(folded.description);
  if (folded.map) collapse.rank = matrix_rank(*folded.map);
  Predictor network(device, subject.description, subject.tensors);
  Predictor other(device, folded.description, folded.tensors);
  std::vector<double> points = draw_rows(subject.description.inputs);
  collapse.over_random = compare_outputs(subject, folded, network, other, points);
  if (subject.rows) {
    const std::vector<double> x = features_of(*subject.rows);
    collapse.over_data = compare_outputs(subject, folded, network, other, x);
    collapse.optimum = find_optimum(subject.description, *subject.rows, folded, network, x);
    points = x;  // where the network is used, it is to be refuted
  }
  if (!folded.map)
    collapse.witness =
        refute_affine([&](std::span<const double> rows) { return network(rows); }, points, subject.description.inputs);
  return collapse;
}

}  // namespace tinymlp::program
