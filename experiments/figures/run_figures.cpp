// Draws the figures of a run.
#include "figures/run_figures.h"

#include "figures/boundary_figure.h"
#include "figures/gnuplot.h"
#include "figures/loss_figure.h"
#include "tinymlp/error.h"

namespace tinymlp::program {

namespace {

/// Draws NAME.svg from NAME.gp; what is to be said if that cannot be.
std::string draw(const RunDirectory& directory, const std::string& name) {
  const std::string mend = ": its script and data are in " + directory.path().string();
  try {
    const auto figure = run_gnuplot(directory.path(), name + ".gp");
    if (!figure) return name + ".svg is not drawn, for gnuplot is not installed" + mend;
    directory.write(name + ".svg", *figure);
    return "";
  } catch (const Error& error) {
    return name + ".svg is not drawn, " + error.what();
  }
}

}  // namespace

std::string draw_figures(const RunDirectory& directory, const FigureSubject& subject) {
  std::string note;
  if (!subject.epochs.empty()) {
    directory.write("loss.gp", loss_script(subject.epochs, subject.title));
    note = draw(directory, "loss");
  }
  if (has_boundary(subject.training)) {
    const BoundaryFigure figure =
        boundary_figure(subject.network, subject.description, subject.training, subject.title);
    directory.write("boundary.csv", figure.grid);
    directory.write("boundary-points.csv", figure.points);
    directory.write("boundary.gp", figure.script);
    const std::string other = draw(directory, "boundary");
    if (note.empty()) note = other;
  }
  return note;
}

}  // namespace tinymlp::program
