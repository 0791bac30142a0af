// tinymlp collapse: folds a network's affine layers into one, and shows that it is, or is not, one affine map.
#include <filesystem>

#include "collapse/collapse_report.h"
#include "collapse/subject.h"
#include "commands.h"
#include "model/description.h"
#include "model/linear_fit.h"
#include "options/device_options.h"
#include "output/console.h"
#include "tinymlp/error.h"
#include "tinymlp/io/file.h"
#include "tinymlp/io/model.h"

namespace tinymlp::program {

namespace {

Syntax syntax() {
  OptionGroup output = output_option_group(false);
  output.options.insert(output.options.begin(), {"save", "FILE", "write the folded model: it predicts the same"});
  return {.command = "collapse",
          .arguments = {"[MODEL]"},
          .usage = "[--data NAME|FILE.csv|DIR] [options]",
          .summary = "folds linear layers into one, or refutes that they are",
          .groups = {data_option_group(DataUse::training), network_option_group(), training_option_group(),
                     device_option_group(), output},
          .notes =
              "MODEL is a run directory or a .safetensors file. Without it a network is trained as train would, which\n"
              "needs --data; with it, --data is for comparing outputs and for the best affine map there is. Of a\n"
              "network that is not affine, runs of affine layers within it are folded, and three points x, y and\n"
              "(x + y)/2 are shown through which no affine map goes.\n",
          .examples = {"collapse --data xor --hidden 16,16,16 --activation identity",
                       "collapse spiral-run --data spiral --save folded.safetensors"}};
}

/// Throws unless a folded model can be written there.
std::optional<std::filesystem::path> read_save(const Arguments& arguments) {
  const auto path = arguments.optional_text("save");
  if (!path) return std::nullopt;
  std::error_code unknown;
  const std::filesystem::path folder = std::filesystem::path(*path).parent_path();
  if (std::filesystem::is_directory(*path, unknown))
    throw InputError("a directory is in the way (--save " + *path + "): name a file");
  if (!folder.empty() && !std::filesystem::is_directory(folder, unknown))
    throw InputError("there is no such directory (--save " + *path + "): make it, or name another file");
  return *path;
}

Workload work_of(const SubjectRequest& request) {
  if (request.model)
    return work_of_rows(network_size(request.model->description), request.rows ? request.rows->rows() : 0);
  const Index rows = request.parts.training.rows();
  return work_of_training(network_size(request.description), rows,
                          std::min(rows, request.training.batch_size.value_or(rows)), request.training.epochs);
}

void run(const Arguments& arguments) {
  const Verbosity verbosity = read_verbosity(arguments);
  const DeviceOptions device_options = read_device_options(arguments);
  const auto save = read_save(arguments);
  const SubjectRequest request = read_subject(arguments);
  const Workload work = work_of(request);
  const auto device = make_device(device_options, work);  // all else is checked
  report_choice(device_options, work, *device, verbosity);
  const Subject subject = make_subject(request, *device, verbosity);
  if (subject.rows && is_long_search(*subject.rows))
    remark(verbosity, "looking for the best affine map for " + std::to_string(subject.rows->rows()) +
                          " rows, which takes a minute or two");
  const Collapse collapse = examine(subject, *device);
  if (save) write_file(*save, format_model(collapse.folded.description, collapse.folded.tensors));
  print(verbosity.json ? collapse_json(subject, collapse) : collapse_text(subject, collapse));
  if (save) remark(verbosity, "the folded model is in " + save->string());
}

}  // namespace

Command collapse_command() { return {syntax(), run}; }

}  // namespace tinymlp::program
