#include "collapse/subject.h"

#include <algorithm>

#include "data/evaluation_data.h"
#include "model/description.h"
#include "options/model_options.h"
#include "tinymlp/error.h"
#include "tinymlp/model.h"
#include "training/train_network.h"

namespace tinymlp::program {

namespace {

/// A model's file says what it is: only what files of other origin leave out may be given.
void refuse_training_options(const Arguments& arguments) {
  for (const OptionGroup& group : {network_option_group(), training_option_group()})
    for (const Option& option : group.options) {
      const std::string name = option.names.substr(0, option.names.find(','));
      if (name != "activation" && name != "loss" && arguments.given(name))
        throw InputError("a model that is trained already is given (--" + name + "): leave it out, or the model");
    }
}

/// The rows that a model could have been trained on: all of a set but its test part, or the test part of images.
DataSet training_rows(const DataOptions& options, ModelFile& model, const LossOptions& loss) {
  const Source source = find_source(options);
  if (source.kind == SourceKind::images) return load_evaluation_data(options, model, loss);
  DataOptions whole = options;
  whole.test_data.reset();
  whole.test_fraction = 0;
  const DataSet rows = load_evaluation_data(whole, model, loss);
  const double fraction = options.test_data ? 0 : options.test_fraction.value_or(default_test_fraction(source));
  return fraction > 0 ? split(rows, fraction, options.seed).training : rows;
}

}  // namespace

SubjectRequest read_subject(const Arguments& arguments) {
  SubjectRequest request;
  if (!arguments.words().empty()) {
    refuse_training_options(arguments);
    request.model = load_model(arguments);
    if (arguments.given("data"))
      request.rows = training_rows(read_data_options(arguments), *request.model, foreign_loss(arguments));
    return request;
  }
  if (!arguments.given("data"))
    throw InputError("there is neither a model nor data to train one on (collapse): name a model, or give --data");
  request.network = read_network_options(arguments);
  request.training = read_training_options(arguments);
  request.parts = load_parts(read_data_options(arguments));
  request.rows = request.parts.training;
  request.description = describe_model(request.network, request.training.loss, request.parts.training);
  request.initial = read_initial_weights(request.network, request.description);
  return request;
}

Subject make_subject(const SubjectRequest& request, Device& device, const Verbosity& verbosity) {
  if (request.model) return {request.model->description, request.model->tensors, request.rows, false};
  const ModelDescription& model = request.description;
  Network network =
      make_network(device, model, request.initial.empty() ? request.network.init : "zeros", request.training.seed);
  if (!request.initial.empty()) network.set_parameters(request.initial);
  const Index rows = request.parts.training.rows(), epochs = request.training.epochs;
  Progress progress(verbosity, epochs, rows, request.training.batch_size.value_or(rows));
  const FitResult result = train_network({request.training, request.parts, model}, network, progress,
                                         {.epochs = epochs, .keep_epochs = false, .epoch_done = {}});
  report_recording(verbosity, result.recording_problem);
  if (result.divergence) throw Error(result.divergence->what() + std::string(": lower --learning-rate"));
  return {model, network.parameter_tensors(), request.rows, true};
}

}  // namespace tinymlp::program
