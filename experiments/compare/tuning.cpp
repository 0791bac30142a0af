#include "compare/tuning.h"

#include <algorithm>
#include <map>

#include "tinymlp/error.h"
#include "tinymlp/statistics.h"

namespace tinymlp::program {

namespace {

const std::vector<std::string> rates{"0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1"};
constexpr std::size_t tuning_seeds = 3;
constexpr double kept_for_validation = 0.2;

/// To train on, and in the place of a test part the rows to choose by.
DataParts tuning_parts(const Variant& variant) {
  const DataParts& all = *variant.parts;
  if (all.validation.rows() > 0) return {all.training, all.validation, all.validation};
  DataParts parts = split(all.training, kept_for_validation, variant.data_options.seed);
  if (parts.test.rows() == 0)
    throw InputError("there are too few rows to keep some for tuning (--learning-rate auto, " +
                     variant.parts->training.name + "): give a learning rate");
  return parts;
}

}  // namespace

void check_tunable(const std::vector<Variant>& variants) {
  const DataParts* checked = nullptr;
  for (const Variant& variant : variants) {
    if (variant.parts.get() != checked) tuning_parts(variant);
    checked = variant.parts.get();
  }
}

std::vector<std::string> tune_learning_rates(const std::vector<Variant>& variants, const Judgement& judgement,
                                             std::uint64_t first_seed, const Workplace& workplace) {
  std::map<const DataParts*, DataParts> parts;  // of each data set that is compared on
  for (const Variant& variant : variants)
    if (!parts.contains(variant.parts.get())) parts[variant.parts.get()] = tuning_parts(variant);
  std::vector<TrialTask> tasks;
  for (std::size_t seed = 0; seed < tuning_seeds; ++seed)
    for (std::size_t variant = 0; variant < variants.size(); ++variant)
      for (const std::string& rate : rates)
        tasks.push_back({&variants[variant], &parts.at(variants[variant].parts.get()), first_seed + seed, rate,
                         "tuning-" + std::to_string(variant + 1) + "-" + rate + "-" + std::to_string(seed + 1)});
  const std::vector<TrialResult> trials = run_trials(tasks, {}, judgement, workplace, "tuning runs");
  if (trials.empty()) return {};
  std::vector<std::string> chosen;
  for (std::size_t variant = 0; variant < variants.size(); ++variant) {
    std::vector<std::pair<double, double>> keys;  // falling in score, rising in loss
    for (std::size_t rate = 0; rate < rates.size(); ++rate) {
      std::vector<double> scores, losses;
      for (std::size_t seed = 0; seed < tuning_seeds; ++seed) {
        const TrialResult& trial = trials[(seed * variants.size() + variant) * rates.size() + rate];
        scores.push_back(judgement.higher_is_better ? -trial.score : trial.score);
        losses.push_back(trial.loss);
      }
      keys.emplace_back(median(scores), median(losses));
    }
    chosen.push_back(rates[static_cast<std::size_t>(std::ranges::min_element(keys) - keys.begin())]);
  }
  return chosen;
}

}  // namespace tinymlp::program
