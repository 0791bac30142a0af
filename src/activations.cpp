#include "tinymlp/activations.h"

#include <limits>

#include "call_text.h"
#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/names.h"

TINYMLP_BEGIN

namespace {

template <class F>
F with_arguments(const CallText& call, std::string_view text) {
  F f;
  std::vector<FunctionParameter<F>> parameters;
  if constexpr (requires { F::parameters(); })
    for (const auto& parameter : F::parameters()) parameters.push_back(parameter);
  if (call.arguments.size() > parameters.size())
    throw InputError("activation " + in_quotes(text) + ": " + call.name + " takes " +
                     (parameters.empty() ? "no number" : "at most " + std::to_string(parameters.size())));
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const CallText::Argument& argument = call.arguments[i];
    const FunctionParameter<F>* chosen = &parameters[i];
    if (!argument.key.empty()) {
      chosen = nullptr;
      for (const auto& parameter : parameters)
        if (argument.key == parameter.name) chosen = &parameter;
    }
    if (!chosen)
      throw InputError("activation " + in_quotes(text) + ": " + call.name + " has no parameter " +
                       in_quotes(argument.key) + ": its first is \"" + parameters[0].name + "\"");
    if (std::abs(argument.value) > static_cast<double>(std::numeric_limits<Scalar>::max()))
      throw InputError("activation " + in_quotes(text) + ": its number is too large");
    f.*(chosen->member) = static_cast<Scalar>(argument.value);
  }
  return f;
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
  std::unique_ptr<Layer> layer;
  for_each_activation([&]<class F>() {
    if (F::name() == call.name) layer = std::make_unique<Activation<F>>(with_arguments<F>(call, text));
  });
  if (!layer) throw InputError(unknown_name("activation", call.name, activation_names()));
  return layer;
}

std::string advised_initializer(std::string_view activation) {
  const std::string name = parse_call("activation", activation).name;
  std::string advised = Identity::advised_initializer();
  for_each_activation([&]<class F>() {
    if (F::name() == name) advised = F::advised_initializer();
  });
  return advised;
}

std::vector<std::string> activation_names() {
  std::vector<std::string> names;
  for_each_activation([&]<class F>() { names.push_back(F::name()); });
  return names;
}

TINYMLP_END
