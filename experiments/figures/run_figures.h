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

struct RunFigures {
  std::string note;                     // what is to be said where gnuplot could not draw; empty if all is well
  std::optional<std::string> boundary;  // as SVG
};

/// Writes the figures that the run can have: each with its script and data, from which gnuplot draws it. Throws Error
/// if a file cannot be written.
RunFigures draw_figures(const RunDirectory& directory, const FigureSubject& subject);

}  // namespace tinymlp::program
