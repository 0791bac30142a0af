// Draws the figures of a run.
#include "figures/run_figures.h"

#include "figures/boundary_figure.h"
#include "figures/gnuplot.h"
#include "figures/loss_figure.h"
#include "tinymlp/error.h"

namespace tinymlp::program {

std::optional<std::string> draw_figure(const RunDirectory& directory, const std::string& name, std::string& note,
                                       const std::string& ending) {
  std::string why;
  try {
    if (auto figure = run_gnuplot(directory.path(), name + ".gp")) {
      directory.write(name + ending, *figure);
      return figure;
    }
    why = "for gnuplot is not installed: its script and data are in " + directory.path().string();
  } catch (const Error& error) {
    why = error.what();
  }
  if (note.empty()) note = name + ending + " is not drawn, " + why;
  return std::nullopt;
}

RunFigures draw_figures(const RunDirectory& directory, const FigureSubject& subject) {
  RunFigures figures;
  if (!subject.epochs.empty()) {
    directory.write("loss.gp", loss_script(subject.epochs, subject.title));
    draw_figure(directory, "loss", figures.note);
  }
  if (has_boundary(subject.training)) {
    const BoundaryFigure figure =
        boundary_figure(subject.network, subject.description, subject.training, subject.title);
    directory.write("boundary.csv", figure.grid);
    directory.write("boundary-points.csv", figure.points);
    directory.write("boundary.gp", figure.script);
    if (auto svg = draw_figure(directory, "boundary", figures.note))
      figures.boundary = {std::move(*svg), "What the network says of every point, and the rows it was trained on"};
  }
  return figures;
}

}  // namespace tinymlp::program
