// Folds affine layers, and looks for points that refute affinity.
#include "tinymlp/collapse.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "call_text.h"
#include "own_eigen.h"
#include "standard_features.h"
#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/random.h"

namespace tinymlp {

namespace {

bool is_dense(const std::string& layer) { return parse_call("layer", layer).name == "Dense"; }

/// Identity in prediction.
bool is_neutral(const std::string& layer) {
  const std::string name = parse_call("layer", layer).name;
  return name == "identity" || name == "dropout";
}

/// The one activation with a tensor: the slope that it learnt.
bool is_prelu(const std::string& layer) { return parse_call("layer", layer).name == "prelu"; }

/// The tensors of a network, taken layer by layer.
class Layers {
 public:
  explicit Layers(const std::vector<Tensor>& tensors) : tensors_(tensors) {}

  const Tensor& slope(const std::string& layer) {
    check(layer, 1);
    const Tensor& slope = tensors_[next_++];
    if (slope.shape != std::vector<Index>{1})
      throw ShapeError("a slope of shape " + shape_text(slope.shape) + " does not fit the layer " + layer);
    ++layers_;
    return slope;
  }
  AffineMap map(const std::string& layer) {
    check(layer, 2);
    const Tensor &w = tensors_[next_], &b = tensors_[next_ + 1];
    next_ += 2;
    ++layers_;
    const std::vector<CallText::Argument> sizes = parse_call("layer", layer).arguments;
    if (w.shape.size() != 2 || b.shape != std::vector<Index>{w.shape[0]} || sizes.size() != 2 ||
        static_cast<double>(w.shape[1]) != sizes[0].value || static_cast<double>(w.shape[0]) != sizes[1].value)
      throw ShapeError("weights of shape " + shape_text(w.shape) + " and biases of shape " + shape_text(b.shape) +
                       " do not fit the layer " + layer);
    return {w.shape[1], w.shape[0], w.values, b.values};
  }
  void check_end() const {
    if (next_ != tensors_.size())
      throw ShapeError("there are " + std::to_string(tensors_.size()) + " tensors for " + std::to_string(layers_) +
                       " layers with weights");
  }

 private:
  void check(const std::string& layer, std::size_t count) const {
    if (next_ + count > tensors_.size()) throw ShapeError("there are no weights for the layer " + layer);
  }

  const std::vector<Tensor>& tensors_;
  std::size_t next_ = 0, layers_ = 0;
};

/// second(first(x))
AffineMap composed(const AffineMap& first, const AffineMap& second) {
  if (first.outputs != second.inputs)
    throw ShapeError("a layer of " + std::to_string(second.inputs) + " inputs behind one of " +
                     std::to_string(first.outputs) + " outputs");
  AffineMap map{first.inputs, second.outputs, {}, second.apply(first.b)};  // W₂ b₁ + b₂
  map.w.resize(static_cast<std::size_t>(map.inputs * map.outputs));
  MutableRows(map.w.data(), map.outputs, map.inputs) =
      Rows(second.w.data(), second.outputs, second.inputs) * Rows(first.w.data(), first.outputs, first.inputs);
  return map;
}

AffineMap identity_map(Index size) {
  AffineMap map{size, size, {}, std::vector<double>(static_cast<std::size_t>(size))};
  map.w.resize(static_cast<std::size_t>(size * size));
  MutableRows(map.w.data(), size, size).setIdentity();
  return map;
}

void add_dense(FoldedModel& model, const AffineMap& map) {
  const std::string place = std::to_string(model.description.layers.size());
  model.description.layers.push_back("Dense(" + std::to_string(map.inputs) + ", " + std::to_string(map.outputs) + ")");
  model.tensors.push_back({place + ".weight", {map.outputs, map.inputs}, map.w});
  model.tensors.push_back({place + ".bias", {map.outputs}, map.b});
}

/// Points x, y, (x + y) / 2 one below the other: (3 · pairs, inputs).
std::vector<double> draw_triples(std::span<const double> points, Index inputs, Index pairs, std::uint64_t seed) {
  const auto width = static_cast<std::size_t>(inputs);
  const auto rows = static_cast<std::uint32_t>(points.size() / width);
  Random random(seed, Purpose::check);
  std::vector<double> triples;
  for (Index i = 0; i < pairs; ++i) {
    const auto x = points.subspan(random.below(rows) * width, width),
               y = points.subspan(random.below(rows) * width, width);
    triples.insert(triples.end(), x.begin(), x.end());
    triples.insert(triples.end(), y.begin(), y.end());
    for (std::size_t k = 0; k < width; ++k) triples.push_back((x[k] + y[k]) / 2);
  }
  return triples;
}

}  // namespace

FoldedModel fold_affine_layers(const ModelDescription& description, const std::vector<Tensor>& tensors) {
  FoldedModel folded{description, {}, {}};
  folded.description.layers.clear();
  Layers layers(tensors);
  std::optional<AffineMap> run;  // of the affine layers since the last other one
  for (const std::string& layer : description.layers) {
    if (is_neutral(layer)) continue;
    if (is_dense(layer)) {
      const AffineMap next = layers.map(layer);
      run = run ? composed(*run, next) : next;
      continue;
    }
    if (run) add_dense(folded, *run);
    run.reset();
    if (is_prelu(layer)) {
      folded.tensors.push_back(layers.slope(layer));
      folded.tensors.back().name = std::to_string(folded.description.layers.size()) + ".weight";
    }
    folded.description.layers.push_back(layer);
  }
  layers.check_end();
  const bool all = folded.description.layers.empty();
  if (all && !run) run = identity_map(description.inputs);
  if (run) add_dense(folded, *run);
  if (all) folded.map = run;
  return folded;
}

std::vector<double> apply_affine_layers(const ModelDescription& description, const std::vector<Tensor>& tensors,
                                        std::span<const double> x) {
  Layers layers(tensors);
  std::vector<double> y(x.begin(), x.end());
  for (const std::string& layer : description.layers) {
    if (is_dense(layer))
      y = layers.map(layer).apply(y);
    else if (!is_neutral(layer))
      throw InputError("the layer " + layer + " is not affine");
  }
  layers.check_end();
  return y;
}

std::optional<AffinityWitness> refute_affine(const RowFunction& f, std::span<const double> points, Index inputs,
                                             double tolerance, Index pairs, std::uint64_t seed) {
  if (points.empty() || inputs < 1) throw InputError("there are no points to look at");
  const std::vector<double> triples = draw_triples(points, inputs, pairs, seed);
  const std::vector<double> values = f(triples);
  const auto width = static_cast<std::size_t>(inputs), count = static_cast<std::size_t>(pairs);
  const std::size_t outputs = values.size() / (3 * count);
  std::vector<double> scales(outputs);
  for (std::size_t i = 0; i < values.size(); ++i)
    scales[i % outputs] = std::max(scales[i % outputs], std::abs(values[i]));
  double best = 0;
  std::size_t where = 0, output = 0;
  const auto gap = [&](std::size_t pair, std::size_t k) {
    const double* const of = values.data() + 3 * pair * outputs + k;
    return std::abs(of[2 * outputs] - (of[0] + of[outputs]) / 2);
  };
  for (std::size_t pair = 0; pair < count; ++pair)
    for (std::size_t k = 0; k < outputs; ++k) {
      const double relative = scales[k] > 0 ? gap(pair, k) / scales[k] : 0;
      if (!(relative > best)) continue;
      best = relative;
      where = pair;
      output = k;
    }
  if (!(best > tolerance)) return std::nullopt;
  const auto part = [&](const std::vector<double>& all, std::size_t row, std::size_t size) {
    const double* const begin = all.data() + (3 * where + row) * size;
    return std::vector<double>(begin, begin + size);
  };
  return AffinityWitness{part(triples, 0, width),
                         part(triples, 1, width),
                         part(triples, 2, width),
                         part(values, 0, outputs),
                         part(values, 1, outputs),
                         part(values, 2, outputs),
                         output,
                         gap(where, output),
                         scales[output]};
}

}  // namespace tinymlp
