// An experiment of the catalogue, and what it is given when it runs: threads to compute with, and a place for its
// claims, figures and notes.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "grading/claim.h"
#include "grading/figure.h"
#include "grading/parallel.h"

namespace tinymlp::program {

/// What the user chose about a run.
struct ExperimentOptions {
  int jobs = 1;                    // threads; no result depends on it
  bool with_fashion = false;       // also what needs Fashion-MNIST and minutes
  std::filesystem::path data_dir;  // where data sets lie
};

/// One run of an experiment. Used by one thread; only the tasks of for_each() run on several.
class Trial {
 public:
  explicit Trial(ExperimentOptions options) : options_(std::move(options)) {}

  const ExperimentOptions& options() const { return options_; }
  /// task(0), …, task(count - 1) on all threads; the results in that order. A task makes a device of its own.
  template <class Task>
  auto for_each(Index count, const Task& task) const {
    return parallel_map(count, options_.jobs, task);
  }

  /// Whether `value` is as expected is what the experiment is graded by.
  void claim(std::string what, const Expectation& expected, const Origin& origin, double value) {
    claims_.push_back({std::move(what), expected, origin, value});
  }
  void figure(const CurveFigure& figure) { figures_.push_back(curve_figure(figure)); }
  void figure(const DotFigure& figure) { figures_.push_back(dot_figure(figure)); }
  void figure(Figure figure) { figures_.push_back(std::move(figure)); }
  /// A sentence that belongs to the results.
  void note(std::string text) { notes_.push_back(std::move(text)); }

  const std::vector<Claim>& claims() const { return claims_; }
  const std::vector<Figure>& figures() const { return figures_; }
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  ExperimentOptions options_;
  std::vector<Claim> claims_;
  std::vector<Figure> figures_;
  std::vector<std::string> notes_;
};

struct Experiment {
  std::string id;     // "xor4"
  std::string title;  // one line
  std::string shows;  // a paragraph: what it shows, and why it must come out so
  void (*run)(Trial& trial);
  bool needs_fashion = false;  // not part of `all` unless asked for
};

}  // namespace tinymlp::program
