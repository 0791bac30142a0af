#include "tinymlp/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "call_text.h"
#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/names.h"

namespace tinymlp {

namespace {

constexpr double plateau_threshold = 1e-4;     // relative: a smaller improvement is none
constexpr double plateau_least_change = 1e-8;  // of the learning rate
constexpr double most_epochs = 1e15;           // below 2^53: whole numbers are exact

std::string call(const std::string& name, const std::vector<double>& numbers) {
  std::string text = name + "(";
  for (std::size_t i = 0; i < numbers.size(); ++i) text += (i > 0 ? "," : "") + number_text(numbers[i]);
  return text + ")";
}

// Written so that NaN is refused as well.
void check_factor(const std::string& name, double factor, bool below_1) {
  if (factor > 0 && (below_1 ? factor < 1 : std::isfinite(factor))) return;
  throw InputError("the schedule " + name + "'s FACTOR is " + number_text(factor) + ": give a number above 0" +
                   (below_1 ? " and below 1" : ""));
}

void check_epochs(const std::string& name, const std::string& what, double count, double least) {
  if (count >= least && count <= most_epochs && count == std::floor(count)) return;
  throw InputError("the schedule " + name + "'s " + what + " is " + number_text(count) +
                   ": give a whole number of epochs, at least " + number_text(least));
}

/// What the program and the library know of a schedule: its arguments' names and how it is made of their values.
struct Kind {
  std::string name;
  std::vector<std::string> arguments;
  std::unique_ptr<Schedule> (*make)(const std::vector<double>& values);
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
      {"constant",
       {},
       [](const std::vector<double>&) -> std::unique_ptr<Schedule> { return std::make_unique<ConstantSchedule>(); }},
      {"step",
       {"EVERY", "FACTOR"},
       [](const std::vector<double>& values) -> std::unique_ptr<Schedule> {
         check_epochs("step", "EVERY", values[0], 1);
         return std::make_unique<StepSchedule>(static_cast<Index>(values[0]), values[1]);
       }},
      {"exponential",
       {"FACTOR"},
       [](const std::vector<double>& values) -> std::unique_ptr<Schedule> {
         return std::make_unique<ExponentialSchedule>(values[0]);
       }},
      {"cosine",
       {},
       [](const std::vector<double>&) -> std::unique_ptr<Schedule> { return std::make_unique<CosineSchedule>(); }},
      {"plateau",
       {"PATIENCE", "FACTOR"},
       [](const std::vector<double>& values) -> std::unique_ptr<Schedule> {
         check_epochs("plateau", "PATIENCE", values[0], 0);
         return std::make_unique<PlateauSchedule>(static_cast<Index>(values[0]), values[1]);
       }},
  };
  return all;
}

std::string usage(const Kind& kind) {
  std::string text = kind.name;
  for (std::size_t i = 0; i < kind.arguments.size(); ++i) text += (i == 0 ? "(" : ",") + kind.arguments[i];
  return text + (kind.arguments.empty() ? "" : ")");
}

/// The arguments' values in the order of their names; they may be given by name, as step(every=30, factor=0.1).
std::vector<double> values_of(const CallText& given, const Kind& kind, std::string_view text) {
  const std::size_t count = kind.arguments.size();
  const auto fail = [&] {
    return InputError("schedule " + in_quotes(text) + ": write " + in_quotes(usage(kind)) +
                      (count > 0 ? ", with numbers" : ""));
  };
  if (given.arguments.size() != count) throw fail();
  std::vector<double> values(count);
  std::vector<bool> filled(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::string key = given.arguments[i].key;
    for (char& c : key)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    const auto found = std::ranges::find(kind.arguments, key);
    const std::size_t at = key.empty() ? i : static_cast<std::size_t>(found - kind.arguments.begin());
    if (at >= count || filled[at]) throw fail();
    values[at] = given.arguments[i].value;
    filled[at] = true;
  }
  return values;
}

}  // namespace

double warmup_factor(const TrainingPoint& at) {
  if (at.step >= at.warmup_steps) return 1;
  return static_cast<double>(at.step + 1) / static_cast<double>(at.warmup_steps);
}

StepSchedule::StepSchedule(Index every, double factor) : every_(every), factor_(factor) {
  check_epochs("step", "EVERY", static_cast<double>(every), 1);
  check_factor("step", factor, false);
}
std::string StepSchedule::describe() const { return call("step", {static_cast<double>(every_), factor_}); }
double StepSchedule::factor(const TrainingPoint& at) const {
  const Index times = at.epoch() / every_;  // rounded down
  return std::pow(factor_, static_cast<double>(times));
}

ExponentialSchedule::ExponentialSchedule(double factor) : factor_(factor) {
  check_factor("exponential", factor, false);
}
std::string ExponentialSchedule::describe() const { return call("exponential", {factor_}); }
double ExponentialSchedule::factor(const TrainingPoint& at) const {
  return std::pow(factor_, static_cast<double>(at.epoch()));
}

double CosineSchedule::factor(const TrainingPoint& at) const {
  if (at.planned_steps < 1)
    throw InputError(
        "the schedule cosine needs to know how many epochs are planned: give them, or train by Trainer::fit()");
  if (at.step < at.warmup_steps) return 1;
  if (at.step >= at.planned_steps) return 0;
  const auto s = static_cast<double>(at.step - at.warmup_steps);
  const auto n = static_cast<double>(at.planned_steps - at.warmup_steps);
  return (1 + std::cos(std::numbers::pi * s / n)) / 2;
}

PlateauSchedule::PlateauSchedule(Index patience, double factor) : patience_(patience), factor_(factor) {
  check_epochs("plateau", "PATIENCE", static_cast<double>(patience), 0);
  check_factor("plateau", factor, true);
}
std::string PlateauSchedule::describe() const { return call("plateau", {static_cast<double>(patience_), factor_}); }
void PlateauSchedule::epoch_done(double loss, double learning_rate) {
  if (loss < state_.best_loss * (1 - plateau_threshold)) {
    state_.best_loss = loss;
    state_.bad_epochs = 0;
  } else {
    ++state_.bad_epochs;
  }
  if (state_.bad_epochs <= patience_) return;
  state_.bad_epochs = 0;
  const double lower = state_.factor * factor_;
  if (learning_rate * (state_.factor - lower) > plateau_least_change) state_.factor = lower;
}

std::unique_ptr<Schedule> make_schedule(std::string_view text) {
  const CallText given = parse_call("schedule", text);
  std::vector<std::string> names;
  for (const Kind& kind : kinds()) {
    if (kind.name == given.name) return kind.make(values_of(given, kind, text));
    names.push_back(kind.name);
  }
  throw InputError(unknown_name("schedule", given.name, names));
}

std::vector<std::string> schedule_names() {
  std::vector<std::string> names;
  for (const Kind& kind : kinds()) names.push_back(usage(kind));
  return names;
}

}  // namespace tinymlp
