// What the trials of a comparison come to.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "compare/trial.h"
#include "compare/variants.h"
#include "tinymlp/ranking.h"

namespace tinymlp::program {

/// A comparison when all is done.
struct Comparison {
  std::string data;
  std::vector<Dimension> dimensions;
  std::vector<Variant> variants;
  Judgement judgement;
  std::uint64_t first_seed = 0;
  Index seeds = 0;
  bool tunes = false;                            // each variant's learning rate, before it is compared
  std::vector<std::string> tuned_rates;          // of each variant, where they were
  std::vector<std::vector<TrialResult>> trials;  // (variants, seeds)
  std::vector<double> linear;                    // the best affine map's score, for each variant's data
};

struct VariantSummary {
  double median = 0;
  MeanInterval mean;
  Index successes = 0, diverged = 0;
  double epochs_to_target = 0;            // the median; infinite where half of the runs or more never got there
  double seconds = 0;                     // the median
  std::optional<double> dead, saturated;  // means over the runs that have them
};

struct Summary {
  std::vector<VariantSummary> variants;
  Ranking ranking;
};
Summary summarize(const Comparison& comparison);

/// The pair of the best with this variant; null for the best itself.
const RankedPair* pair_of(const Summary& summary, std::size_t variant);

/// "winner: gelu (it beats each of the others)", "no winner: ...": one line.
std::string verdict_line(const Comparison& comparison, const Summary& summary);

}  // namespace tinymlp::program
