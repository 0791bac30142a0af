// Draws the figures of a run.
#include "figures/run_figures.h"

#include "figures/boundary_figure.h"
#include "figures/gnuplot.h"
#include "figures/loss_figure.h"
#include "tinymlp/error.h"

namespace tinymlp::program {

namespace {

/// Draws NAME.svg from NAME.gp, and returns it; else adds to the note why there is none.
std::optional<std::string> draw(const RunDirectory& directory, const std::string& name, std::string& note) {
  std::string why;
  try {
    if (auto svg = run_gnuplot(directory.path(), name + ".gp")) {
      directory.write(name + ".svg", *svg);
      return svg;
    }
    why = "for gnuplot is not installed: its script and data are in " + directory.path().string();
  } catch (const Error& error) {
    why = error.what();
  }
  if (note.empty()) note = name + ".svg is not drawn, " + why;
  return std::nullopt;
}

}  // namespace

RunFigures draw_figures(const RunDirectory& directory, const FigureSubject& subject) {
  RunFigures figures;
  if (!subject.epochs.empty()) {
    directory.write("loss.gp", loss_script(subject.epochs, subject.title));
    draw(directory, "loss", figures.note);
  }
  if (has_boundary(subject.training)) {
    const BoundaryFigure figure =
        boundary_figure(subject.network, subject.description, subject.training, subject.title);
    directory.write("boundary.csv", figure.grid);
    directory.write("boundary-points.csv", figure.points);
    directory.write("boundary.gp", figure.script);
    figures.boundary = draw(directory, "boundary", figures.note);
  }
  return figures;
}

}  // namespace tinymlp::program
