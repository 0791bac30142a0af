// The rules by which layers are judged. Each looks for one trouble.
#include "health/verdicts.h"

#include <algorithm>
#include <cmath>

#include "output/text_format.h"

namespace tinymlp::program {

namespace {

using Layers = std::vector<LayerHealth>;

constexpr double far = 100;              // gradients or signals this many times apart are trouble
constexpr double many_saturated = 0.66;  // more than the half that relu6 leaves flat when all is well

/// "layer 3"
std::string place(std::size_t layer) { return "layer " + std::to_string(layer); }

std::string percent(double share) { return fixed(100 * share, share < 0.1 ? 1 : 0) + " %"; }

/// The places of the layers that fit.
template <class Fits>
std::vector<std::size_t> find(const Layers& layers, Fits fits) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < layers.size(); ++i)
    if (fits(layers[i])) found.push_back(i);
  return found;
}

bool has_weights(const LayerHealth& layer) { return layer.gradient_norm.has_value(); }
bool is_curved(const LayerHealth& layer) { return !layer.is_linear; }

void judge_linearity(const Layers& layers, std::vector<Verdict>& all) {
  const std::size_t weights = find(layers, has_weights).size();
  if (!find(layers, is_curved).empty()) return;
  if (weights > 1)
    all.push_back({"linear",
                   {},
                   "no layer is curved: the " + std::to_string(weights) +
                       " layers with weights compute what one can; put an activation between them",
                   "linear-collapse"});
  else
    all.push_back({"linear",
                   {},
                   "one linear layer: it can only draw a straight border; give it a hidden layer",
                   "linear-ceiling"});
}

void judge_gradients(const Layers& layers, std::vector<Verdict>& all) {
  const auto weights = find(layers, has_weights);
  if (weights.empty()) return;
  const auto norm = [&](std::size_t i) { return layers[i].gradient_norm.value_or(0); };
  const std::size_t first = weights.front(), last = weights.back();
  const std::size_t steepest = std::ranges::max(weights, {}, norm);
  if (norm(steepest) == 0) {
    all.push_back({"stopped", {}, "every gradient is 0: nothing is learnt any more", "dying-relu"});
    return;
  }
  if (norm(first) * far < norm(steepest)) {
    const bool saturates =
        std::ranges::any_of(layers, [](const LayerHealth& layer) { return layer.saturated.has_value(); });
    all.push_back({"vanishing", first,
                   place(first) + "'s gradient is " + six_digits(norm(first) / norm(steepest)) + " of " +
                       place(steepest) + "'s: vanishing; try " +
                       (saturates ? "relu with he-normal" : "--init he-normal, or fewer layers"),
                   "vanishing-gradient"});
  } else if (norm(first) > far * norm(last) && norm(last) > 0) {
    all.push_back({"exploding", first,
                   place(first) + "'s gradient is " + six_digits(norm(first) / norm(last)) + " times " + place(last) +
                       "'s: exploding; try --init auto, or --clip-norm 1",
                   "initialization"});
  }
}

void judge_signals(const Layers& layers, std::vector<Verdict>& all) {
  const auto curved = find(layers, is_curved);
  if (curved.size() < 2) return;
  const double first = layers[curved.front()].deviation, last = layers[curved.back()].deviation;
  const std::string both =
      place(curved.back()) + " varies " + six_digits(last / first) + " times as much as " + place(curved.front());
  if (last * far < first)
    all.push_back({"fading", curved.back(),
                   both + " from row to row: signals fade on the way; try relu with he-normal, or fewer layers",
                   "initialization"});
  else if (last > far * first && first > 0)
    all.push_back({"growing", curved.back(), both + " from row to row: signals grow on the way; try --init auto",
                   "initialization"});
}

void judge_units(const Layers& layers, std::vector<Verdict>& all) {
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const LayerHealth& layer = layers[i];
    if (layer.dead.value_or(0) > 0)
      all.push_back({"dead", i,
                     percent(layer.dead.value_or(0)) + " of the " + std::to_string(layer.units) + " " + layer.layer +
                         " units of " + place(i) +
                         " are dead: flat in every row, so that they learn nothing; try leaky-relu, or a lower "
                         "--learning-rate",
                     "dying-relu"});
    if (layer.saturated.value_or(0) > many_saturated)
      all.push_back({"saturated", i,
                     percent(layer.saturated.value_or(0)) + " of what " + place(i) + " (" + layer.layer +
                         ") gives lies where its curve is flat: saturated; try --standardize, smaller initial weights, "
                         "or relu",
                     "vanishing-gradient"});
    if (layer.has_equal_units)
      all.push_back(
          {"symmetric", i,
           "all units of " + place(i) + " have the same weights, and so learn the same thing; try --init auto",
           "symmetry"});
  }
}

}  // namespace

std::vector<Verdict> verdicts(const Layers& layers) {
  std::vector<Verdict> all;
  judge_linearity(layers, all);
  judge_gradients(layers, all);
  judge_signals(layers, all);
  judge_units(layers, all);
  return all;
}

std::string verdict_line(const Verdict& verdict) {
  return verdict.text + " (tinymlp experiment " + verdict.experiment + ")";
}

}  // namespace tinymlp::program
