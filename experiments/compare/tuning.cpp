#include "compare/tuning.h"

#include <algorithm>
#include <map>

#include "compare/jobs.h"
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
                                             std::uint64_t first_seed, Index jobs, const DeviceOptions& device,
                                             const std::function<bool()>& stop, const Verbosity& verbosity) {
  std::map<const DataParts*, DataParts> parts;  // of each data set that is compared on
  for (const Variant& variant : variants)
    if (!parts.contains(variant.parts.get())) parts[variant.parts.get()] = tuning_parts(variant);
  const std::size_t each = rates.size() * tuning_seeds;
  std::vector<Trial> trials(variants.size() * each);
  const auto work = [&](Index item) {
    const auto i = static_cast<std::size_t>(item);
    const Variant& variant = variants[i / each];
    const std::uint64_t seed = first_seed + i % tuning_seeds;
    trials[i] =
        run_trial(variant, parts.at(variant.parts.get()), seed, rates[i % each / tuning_seeds], judgement, device);
    trials[i].epochs.clear();
  };
  if (!run_jobs(static_cast<Index>(trials.size()), jobs, work, stop, "tuning runs", verbosity)) return {};
  std::vector<std::string> chosen;
  for (std::size_t variant = 0; variant < variants.size(); ++variant) {
    std::vector<std::pair<double, double>> keys;  // falling in score, rising in loss
    for (std::size_t rate = 0; rate < rates.size(); ++rate) {
      std::vector<double> scores, losses;
      for (std::size_t seed = 0; seed < tuning_seeds; ++seed) {
        const Trial& trial = trials[variant * each + rate * tuning_seeds + seed];
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
