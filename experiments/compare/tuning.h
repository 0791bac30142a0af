// The learning rate that suits each variant, found on a validation part and never on the test part.
#pragma once
#include <string>
#include <vector>

#include "compare/trials.h"

namespace tinymlp::program {

/// Throws InputError unless each variant's data have rows enough to keep some for validation.
void check_tunable(const std::vector<Variant>& variants);

/// For each variant the rate of a small grid whose runs with `first_seed` and the next have the best median score on
/// the validation part; of equal ones that with the lower median loss. Without a validation part of the data's, a fifth
/// of the training rows is kept for that while tuning. Empty if it was stopped.
std::vector<std::string> tune_learning_rates(const std::vector<Variant>& variants, const Judgement& judgement,
                                             std::uint64_t first_seed, const Workplace& workplace);

}  // namespace tinymlp::program
