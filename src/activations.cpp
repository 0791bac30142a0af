#include "tinymlp/activations.h"

#include <limits>

#include "call_text.h"
#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/names.h"
#include "tinymlp/prelu.h"

TINYMLP_BEGIN

namespace {

constexpr const char* prelu_parameter = "slope";

/// The numbers in the call, put in the places of the parameters of these names; those that are not given stay.
void read_arguments(const CallText& call, std::string_view text, const std::vector<std::string>& names,
                    const std::vector<Scalar*>& values) {
  const auto fail = [&](const std::string& why) { throw InputError("activation " + in_quotes(text) + ": " + why); };
  if (call.arguments.size() > names.size())
    fail(call.name + " takes " + (names.empty() ? "no number" : "at most " + std::to_string(names.size())));
  std::vector<bool> given(names.size());
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const CallText::Argument& argument = call.arguments[i];
    std::size_t chosen = i;
    if (!argument.key.empty()) {
      chosen = 0;
      while (chosen < names.size() && names[chosen] != argument.key) ++chosen;
      if (chosen == names.size())
        fail(call.name + " has no parameter " + in_quotes(argument.key) + ": its first is \"" + names[0] + "\"");
    }
    if (given[chosen]) fail("its " + names[chosen] + " is given twice");
    given[chosen] = true;
    if (std::abs(argument.value) > static_cast<double>(std::numeric_limits<Scalar>::max()))
      fail("its number is too large");
    *values[chosen] = static_cast<Scalar>(argument.value);
  }
}

template <class F>
std::vector<FunctionParameter<F>> parameters_of() {
  if constexpr (requires { F::parameters(); }) {
    const auto all = F::parameters();
    return {all.begin(), all.end()};
  } else {
    return {};
  }
}

template <class F>
std::vector<Scalar> kinks_of(const F& f) {
  if constexpr (requires { f.kinks(); }) {
    const auto all = f.kinks();
    return {all.begin(), all.end()};
  } else {
    return {};
  }
}

template <class F>
F with_arguments(const CallText& call, std::string_view text) {
  F f;
  std::vector<std::string> names;
  std::vector<Scalar*> values;
  for (const FunctionParameter<F>& parameter : parameters_of<F>()) {
    names.emplace_back(parameter.name);
    values.push_back(&(f.*parameter.member));
  }
  read_arguments(call, text, names, values);
  if constexpr (requires { f.mistake(); })
    if (const char* mistake = f.mistake()) throw InputError("activation " + in_quotes(text) + ": " + mistake);
  return f;
}

std::unique_ptr<Layer> make_prelu(const CallText& call, std::string_view text) {
  Scalar slope = PReLU::default_slope;
  read_arguments(call, text, {prelu_parameter}, {&slope});
  return std::make_unique<PReLU>(slope);
}

template <class F>
ActivationEntry entry_of() {
  const F f;
  ActivationEntry entry{F::name(), {}, F::facts, kinks_of(f)};
  for (const FunctionParameter<F>& parameter : parameters_of<F>())
    entry.parameters.emplace_back(parameter.name, f.*parameter.member);
  return entry;
}

}  // namespace

std::string describe_function(std::string name, const std::vector<Scalar>& parameters) {
  if (parameters.empty()) return name;
  std::string text = std::move(name) + "(";
  for (std::size_t i = 0; i < parameters.size(); ++i) text += (i > 0 ? ", " : "") + number_text(parameters[i]);
  return text + ")";
}

std::unique_ptr<Layer> make_activation(std::string_view text) {
  const CallText call = parse_call("activation", text);
  if (call.name == PReLU::name()) return make_prelu(call, text);
  std::unique_ptr<Layer> layer;
  for_each_activation([&]<class F>() {
    if (F::name() == call.name) layer = std::make_unique<Activation<F>>(with_arguments<F>(call, text));
  });
  if (!layer) throw InputError(unknown_name("activation", call.name, activation_names()));
  return layer;
}

const std::vector<ActivationEntry>& activation_catalogue() {
  static const std::vector<ActivationEntry> all = [] {
    std::vector<ActivationEntry> entries;
    for_each_activation([&]<class F>() {
      entries.push_back(entry_of<F>());
      if (F::name() == LeakyReLU::name())  // which prelu follows, being the same with a slope that it learns
        entries.push_back({PReLU::name(), {{prelu_parameter, PReLU::default_slope}}, PReLU::facts, {Scalar(0)}});
    });
    return entries;
  }();
  return all;
}

std::vector<std::string> activation_names() {
  std::vector<std::string> names;
  for (const ActivationEntry& entry : activation_catalogue()) names.push_back(entry.name);
  return names;
}

std::string advised_initializer(std::string_view activation) {
  const std::string name = parse_call("activation", activation).name;
  std::string_view advised = Identity::facts.initializer;
  for (const ActivationEntry& entry : activation_catalogue())
    if (entry.name == name) advised = entry.facts.initializer;
  return std::string(advised);
}

TINYMLP_END
