// Why a network needs non-linear activations: layers without any between them are one layer. Folds them, and shows of a
// network that it is no affine map.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "tinymlp/linear_model.h"
#include "tinymlp/model_description.h"
#include "tinymlp/tensor.h"

namespace tinymlp {

struct FoldedModel {
  ModelDescription description;  // no affine layer stands behind another
  std::vector<Tensor> tensors;   // its weights (out, in) and biases, in double
  /// The whole network as one map, if all of its layers are affine.
  std::optional<AffineMap> map;
};

/// Folds each run of affine layers into one Dense layer:  W₂ (W₁ x + b₁) + b₂ = (W₂ W₁) x + (W₂ b₁ + b₂).  Affine are
/// Dense, identity, and dropout, which is the identity in prediction. tensors: layer after layer, as in ModelFile.
/// Throws ShapeError if they do not fit the description.
FoldedModel fold_affine_layers(const ModelDescription& description, const std::vector<Tensor>& tensors);

/// A stack of affine layers, one after the other in double: what the folded map is compared with. x: (rows, inputs);
/// returns (rows, outputs). Throws ShapeError as above, InputError for a layer that is not affine.
std::vector<double> apply_affine_layers(const ModelDescription& description, const std::vector<Tensor>& tensors,
                                        std::span<const double> x);

/// Three points that no affine map f can pass through: f((x + y) / 2) would be (f(x) + f(y)) / 2.
struct AffinityWitness {
  std::vector<double> x, y, middle;        // (inputs)
  std::vector<double> f_x, f_y, f_middle;  // (outputs)
  std::size_t output = 0;                  // the one where the gap is widest
  double gap = 0;                          // |f(middle) - (f(x) + f(y)) / 2| there
  double scale = 0;                        // the largest |f| of that output among all that were looked at
};

/// Many rows at once: (rows, inputs) to (rows, outputs).
using RowFunction = std::function<std::vector<double>(std::span<const double> rows)>;

/// Looks at pairs of points, `pairs` of them drawn by `seed`, for the one whose middle refutes most clearly that f is
/// affine. Nothing if no gap is above `tolerance` times the scale, which must be well above f's own rounding. points:
/// (rows, inputs). Throws InputError if there are none.
std::optional<AffinityWitness> refute_affine(const RowFunction& f, std::span<const double> points, Index inputs,
                                             double tolerance = 1e-4, Index pairs = 2000, std::uint64_t seed = 0);

}  // namespace tinymlp
