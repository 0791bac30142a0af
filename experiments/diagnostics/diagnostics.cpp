// Looks, remembers, draws.
#include "diagnostics/diagnostics.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>

#include "diagnostics/hidden_units.h"
#include "figures/boundary_frames.h"
#include "figures/health_figure.h"
#include "figures/histogram_figure.h"
#include "figures/plane.h"
#include "figures/unit_maps.h"
#include "output/health_report.h"
#include "tinymlp/io/file.h"
#include "tinymlp/losses.h"
#include "tinymlp/model.h"

namespace tinymlp::program {

namespace {

constexpr Index each_until = 10;       // so many epochs have a frame each,
constexpr double frame_growth = 1.15;  // then the next that is so many times as late as the one before
constexpr const char *health_file = "health.csv", *frames_file = "boundary-frames.csv",
                     *histograms_file = "histograms.csv";
constexpr const char* between_frames = "\n\n";

/// Rows spread evenly over the data.
DataSet some_rows(const DataSet& data) {
  const Index count = std::min(data.rows(), most_health_rows);
  std::vector<Index> chosen;
  for (Index i = 0; i < count; ++i) chosen.push_back(i * data.rows() / count);
  return select_rows(data, chosen);
}

/// Whether the boundary after that epoch is a frame: the earlier the more of them are, for it moves most at the start.
/// The plan does not matter, so that a run that goes on further has the frames of one that had it all along.
bool is_frame(Index epoch) {
  const auto number = [](Index e) { return std::floor(std::log(static_cast<double>(e)) / std::log(frame_growth)); };
  return epoch <= each_until || number(epoch) > number(epoch - 1);
}

EpochLines read_lines(const RunDirectory& directory, const char* name, const std::function<bool(Index)>& keeps) {
  const std::filesystem::path file = directory.path() / name;
  std::error_code unknown;
  return std::filesystem::exists(file, unknown) ? EpochLines(read_file(file), keeps) : EpochLines();
}

}  // namespace

Diagnostics::Diagnostics(Network& network, const ModelDescription& description, const DataSet& training)
    : network_(network),
      description_(description),
      training_(training),
      rows_(some_rows(training)),
      loss_(make_loss(description.loss)),
      device_rows_(network.device(), rows_, target_coding(description, network.outputs())) {}

void Diagnostics::go_on(const RunDirectory& directory, Index epoch) {
  health_ = read_lines(directory, health_file, [epoch](Index one) { return one <= epoch; });
  // The frame of where the run ended was its last one only because of that.
  frames_ = read_lines(directory, frames_file, [epoch](Index one) { return one <= epoch && is_frame(one); });
  histograms_ = read_lines(directory, histograms_file, [](Index one) { return one == 0; });
}

void Diagnostics::add_frame(Index epoch) {
  if (has_plane(training_) && !frames_.has(epoch))
    frames_.add(epoch, frame_lines(network_, description_, training_, epoch));
}

void Diagnostics::look(Index epoch, double learning_rate) {
  learning_rate_ = learning_rate;
  layers_ = check_health(network_, *loss_, device_rows_);
  health_.add(epoch, health_csv_lines(layers_, epoch, learning_rate));
  if (is_frame(epoch)) add_frame(epoch);
  if (epoch == 0) histograms_.add(0, histogram_lines(hidden_units(network_, description_, rows_), 0));
}

void Diagnostics::save(const RunDirectory& directory) const {
  directory.write(health_file, health_csv_header + health_.text());
  directory.write(histograms_file, histogram_header + histograms_.text());
  if (has_plane(training_)) directory.write(frames_file, frames_.text(between_frames));
}

void Diagnostics::finish(const RunDirectory& directory, Index epoch, bool is_after_it, const std::string& title,
                         RunFigures& figures) {
  layers_ = check_health(network_, *loss_, device_rows_);
  if (is_after_it) add_frame(epoch);
  save(directory);
  const auto draw = [&](const std::string& name, const std::string& script, const std::string& description) {
    directory.write(name + ".gp", script);
    if (auto svg = draw_figure(directory, name, figures.note))
      figures.pictures.push_back({std::move(*svg), description});
  };
  draw("health", health_script(layers_, title), "Each layer's gradient, and what is saturated or dead, epoch by epoch");
  const std::vector<HiddenOutputs> hidden = hidden_units(network_, description_, rows_);
  if (!hidden.empty()) {
    const bool has_start = !histograms_.epochs().empty();
    const std::string before = histogram_header + histograms_.text();
    directory.write(histograms_file, epoch == 0 ? before : before + histogram_lines(hidden, epoch));
    draw("histograms", histogram_script(hidden, epoch, has_start && epoch > 0, title),
         "How the numbers that each hidden layer gives are spread, before and after training");
  }
  if (!has_plane(training_)) return;
  if (!hidden.empty()) {
    const UnitMaps maps = unit_maps(network_, description_, training_, title);
    directory.write("units.csv", maps.data);
    draw("units", maps.script, "What each hidden unit gives across the plane of the two features");
  }
  directory.write("boundary-frames.gp", frames_script(description_, training_, frames_.epochs(), title));
  if (auto gif = draw_figure(directory, "boundary-frames", figures.note, ".gif"))
    figures.animation = {std::move(*gif), "How the boundary moved, from before the first epoch to the end"};
}

}  // namespace tinymlp::program
