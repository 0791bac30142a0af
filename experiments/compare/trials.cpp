#include "compare/trials.h"

#include <algorithm>

#include "compare/comparison_files.h"
#include "compare/jobs.h"
#include "compare/longest_first.h"
#include "training/fit.h"

namespace tinymlp::program {

std::vector<TrialResult> run_trials(const std::vector<TrialTask>& tasks,
                                    const std::vector<std::function<void()>>& others, const Judgement& judgement,
                                    const Workplace& workplace, const std::string& what) {
  std::vector<TrialResult> trials(tasks.size());
  std::vector<LongestFirst::Piece> missing;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const std::string& name = tasks[i].name;
    if (const auto kept = workplace.directory ? workplace.directory->kept(name) : std::nullopt)
      trials[i] = parse_trial(*kept, workplace.directory->kept_file(name), judgement);
    else
      missing.push_back({i, tasks[i].seed, tasks[i].variant});
  }
  if (const std::size_t done = tasks.size() - missing.size(); done > 0)
    remark(workplace.verbosity, "going on: " + std::to_string(done) + " " + what + " are done already");
  const auto count = static_cast<Index>(others.size() + missing.size());
  LongestFirst order(std::move(missing));
  for (std::size_t i = 0; i < tasks.size(); ++i)
    if (trials[i].seconds > 0) order.done(tasks[i].variant, trials[i].seconds);  // kept from before
  const auto work = [&](Index item) {
    const auto n = static_cast<std::size_t>(item);
    if (n < others.size()) return others[n]();
    const std::size_t i = order.next().number;
    const TrialTask& task = tasks[i];
    trials[i] = run_trial(*task.variant, *task.parts, task.seed, task.learning_rate, judgement, workplace.device);
    order.done(task.variant, trials[i].seconds);
    if (workplace.directory) workplace.directory->keep(task.name, trial_json(trials[i]));
  };
  const bool all_done = run_jobs(count, workplace.jobs, work, workplace.stop, what, workplace.verbosity);
  const auto problem = std::ranges::find_if(trials, [](const auto& trial) { return !trial.recording_problem.empty(); });
  if (problem != trials.end()) report_recording(workplace.verbosity, problem->recording_problem);
  return all_done ? trials : std::vector<TrialResult>{};
}

}  // namespace tinymlp::program
