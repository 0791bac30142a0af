// tinymlp activations: values and derivatives of activations over a range, and the catalogue of them.
#include <unistd.h>

#include <filesystem>

#include "commands.h"
#include "curves/activation_curves.h"
#include "curves/number_range.h"
#include "figures/activation_figure.h"
#include "figures/gnuplot.h"
#include "options/device_options.h"
#include "options/lists.h"
#include "output/activation_report.h"
#include "output/console.h"
#include "terminal/curve_plot.h"
#include "text.h"
#include "tinymlp/activations.h"
#include "tinymlp/error.h"
#include "tinymlp/io/file.h"

namespace tinymlp::program {

namespace {

constexpr const char* figure_option = "--figure";

Syntax syntax() {
  OptionGroup output{"Output",
                     {{"figure", "FILE.svg|png|pdf", "draw them there; the data and the script lie beside it"},
                      {"overlay", "", "in the figure, one panel of all values and one of all derivatives"},
                      {"output", "FILE.csv", "write the numbers there"},
                      {"csv", "", "print them as CSV, in full precision"},
                      {"plot", "", "draw them here: in colours on a terminal, else in characters"},
                      {"json", "", "print a JSON object for each activation"},
                      {"quiet", "", "nothing but results and errors"}}};
  return {.command = "activations",
          .arguments = {"[NAMES|list]"},
          .usage = "[options]",
          .summary = "shows activations with their derivatives; list is the catalogue",
          .groups = {{"Curves", {{"range", "LOW:HIGH:STEP", "the numbers, HIGH excluded", "-8:8:0.1"}}},
                     device_option_group(),
                     output},
          .notes =
              "NAMES: as relu,tanh or 'leaky-relu(0.1),swish(beta=1.5)'; without them, all. prelu, which learns\n"
              "its slope, has its initial one. Without an option of output, a table is printed.\n",
          .examples = {"activations relu,sigmoid,tanh --figure book.svg", "activations mish --plot --range -4:4:0.05"}};
}

/// All that was asked for, checked.
struct Request {
  Verbosity verbosity;
  std::vector<std::string> names;
  std::vector<Scalar> x;  // (points)
  DeviceOptions device;
  std::optional<std::string> figure, output;
  FigureLayout layout = FigureLayout::panels;
};

std::vector<std::string> read_names(const Arguments& arguments) {
  if (arguments.words().empty()) return activation_names();
  std::vector<std::string> names;
  for (const std::string& part : split_list(arguments.words()[0])) names.emplace_back(trim(part));
  return names;
}

void check_directory(const std::string& file, const std::string& option) {
  const std::filesystem::path parent = std::filesystem::path(file).parent_path();
  std::error_code unknown;
  if (!parent.empty() && !std::filesystem::is_directory(parent, unknown))
    throw InputError("there is no directory " + in_quotes(parent.string()) + " (" + option + " " + file +
                     "): make it first");
}

Request read_request(const Arguments& arguments) {
  Request request{.verbosity = read_verbosity(arguments),
                  .names = read_names(arguments),
                  .x = {},
                  .device = read_device_options(arguments),
                  .figure = arguments.optional_text("figure"),
                  .output = arguments.optional_text("output")};
  for (const double number : read_range(arguments.text("range"), "--range"))
    request.x.push_back(static_cast<Scalar>(number));
  if (arguments.flag("csv") + arguments.flag("json") + arguments.flag("plot") > 1)
    throw InputError("standard output has one form (--csv, --json, --plot): give one of these");
  if (request.figure) {
    figure_format(*request.figure, figure_option);
    check_directory(*request.figure, figure_option);
  }
  if (request.output) check_directory(*request.output, "--output");
  if (!arguments.flag("overlay")) return request;
  request.layout = FigureLayout::overlay;
  if (!request.figure) throw InputError("there is no figure (--overlay): give --figure FILE");
  if (request.names.size() > most_overlaid)
    throw InputError("there are " + std::to_string(request.names.size()) + " activations (--overlay): name at most " +
                     std::to_string(most_overlaid) + ", more curves in one panel cannot be told apart");
  return request;
}

/// Writes FILE, and beside it the data and the script that it is drawn from.
void draw(const std::string& file, const std::vector<ActivationCurve>& curves, const std::vector<Scalar>& x,
          FigureLayout layout) {
  const std::filesystem::path path(file), parent = path.has_parent_path() ? path.parent_path() : ".";
  std::filesystem::path data = path, script = path;
  data.replace_extension(".csv");
  script.replace_extension(".gp");
  write_file(data, curves_csv(curves, x));
  write_file(script, activation_script(curves, x, layout, file, data.filename().string()));
  const auto figure = run_gnuplot(parent, script.filename().string());
  if (!figure)
    throw Error("the figure is not drawn, for gnuplot is not installed (" + file + "): its data and script, " +
                data.string() + " and " + script.string() + ", are there");
  write_file(path, *figure);
}

void run(const Arguments& arguments) {
  if (!arguments.words().empty() && arguments.words()[0] == "list")
    return print(arguments.flag("json") ? catalogue_json() : catalogue_text());
  const Request request = read_request(arguments);
  const auto device = make_device(request.device, Workload{});  // all else is checked
  report_choice(request.device, Workload{}, *device, request.verbosity);
  const std::vector<ActivationCurve> curves = activation_curves(*device, request.names, request.x);
  if (request.output) write_file(*request.output, curves_csv(curves, request.x));
  if (request.figure) draw(*request.figure, curves, request.x, request.layout);
  if (request.verbosity.json)
    print(curves_json(curves, request.x));
  else if (arguments.flag("csv"))
    print(curves_csv(curves, request.x));
  else if (arguments.flag("plot"))
    for (const ActivationCurve& curve : curves)
      print((&curve == &curves.front() ? "" : "\n") + curve_plot(curve, request.x, medium_of(STDOUT_FILENO)));
  else if (!request.output && !request.figure)
    print(curves_table(curves, request.x));
}

}  // namespace

Command activations_command() { return {syntax(), run}; }

}  // namespace tinymlp::program
