// The figures of a run directory.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "output/epoch_record.h"
#include "output/run_directory.h"
#include "tinymlp/dataset.h"
#include "tinymlp/model_description.h"
#include "tinymlp/network.h"

namespace tinymlp::program {

/// What figures show.
struct FigureSubject {
  const Network& network;
  const ModelDescription& description;
  const DataSet& training;
  const std::vector<EpochRecord>& epochs;
  std::string title;
};

/// A figure as it stands in the report.
struct RunPicture {
  std::string bytes;        // an SVG; of an animation, a GIF
  std::string description;  // what it shows, for those who cannot see it
};

struct RunFigures {
  std::string note;                     // what is to be said where gnuplot could not draw; empty if all is well
  std::vector<RunPicture> pictures;     // of the inside; the report draws losses by itself
  std::optional<RunPicture> boundary;   // where there are two features
  std::optional<RunPicture> animation;  // of how it came to be
};

/// Writes the figures that the run can have: each with its script and data, from which gnuplot draws it. Throws Error
/// if a file cannot be written.
RunFigures draw_figures(const RunDirectory& directory, const FigureSubject& subject);

/// Draws NAME.svg, or with another ending, from NAME.gp in the directory, and returns it; else adds to the note, if it
/// is empty, why there is none.
std::optional<std::string> draw_figure(const RunDirectory& directory, const std::string& name, std::string& note,
                                       const std::string& ending = ".svg");

}  // namespace tinymlp::program
