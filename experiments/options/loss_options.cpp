// Reads the options of losses.
#include "options/loss_options.h"

#include "tinymlp/losses.h"

namespace tinymlp::program {

namespace {

const std::string zero_one = "zero-one", plus_minus = "plus-minus";

}  // namespace

std::vector<Option> loss_options() {
  return {{"loss", "NAME",
           "auto, mse, half-mse, mae, huber, hinge, bce or cross-entropy; auto: mse for numbers, bce for two classes, "
           "else cross-entropy",
           "auto"},
          {"target-coding", "NAME",
           "what two classes are under a loss for numbers: zero-one (the default) or plus-minus, which hinge always "
           "takes"}};
}

LossOptions read_loss_options(const Arguments& arguments) {
  std::vector<std::string> names = loss_names();
  names.insert(names.begin(), "auto");
  LossOptions options{.name = arguments.choice("loss", names)};
  if (arguments.given("target-coding"))
    options.plus_minus = arguments.choice("target-coding", {zero_one, plus_minus}) == plus_minus;
  return options;
}

Settings settings_of(const LossOptions& options, const std::string& loss) {
  const bool is_plus_minus = options.plus_minus.value_or(loss == "hinge");
  return {{"loss", loss}, {"target-coding", is_plus_minus ? plus_minus : zero_one}};
}

}  // namespace tinymlp::program
