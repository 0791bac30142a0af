// Lists the tasks and times them.
#include "bench/tasks.h"

#include <algorithm>

#include "tinymlp/error.h"
#include "tinymlp/names.h"

namespace tinymlp::program {

namespace {

double rows(const BenchTask& task) { return static_cast<double>(task.shape.rows); }
double batch(const BenchTask& task) { return static_cast<double>(task.shape.batch); }

}  // namespace

double BenchTask::units() const {
  if (work == Work::prediction) return rows(*this);
  return counts_epochs ? 1 : rows(*this) / batch(*this);
}

double BenchTask::flop() const {
  if (work == Work::prediction) return shape.forward_flop();
  return shape.training_flop() * (counts_epochs ? rows(*this) : batch(*this));
}

double BenchTask::bytes_at_once() const {
  const double at_once = work == Work::prediction ? rows(*this) : batch(*this);
  return shape.parameters() * sizeof(Scalar) + at_once * shape.row_bytes();
}

double BenchTask::readings() const {
  if (work == Work::prediction) return 1 / rows(*this);
  return counts_epochs ? rows(*this) / batch(*this) : 1;
}

const std::vector<BenchTask>& bench_tasks() {
  static const std::vector<BenchTask> tasks{
      {.name = "fashion-epoch",
       .description = "an epoch of 784-256-10 relu, batch 256, cross-entropy, sgd: 60,000 images",
       .unit = "epoch",
       .shape = {{784, 256, 10}, "relu", 256, 60000, true},
       .counts_epochs = true},
      {.name = "small-step",
       .description = "a step of 2-16-16-1 tanh, batch 32, bce, sgd",
       .unit = "step",
       .shape = {{2, 16, 16, 1}, "tanh", 32, 2048}},
      {.name = "tiny-step",
       .description = "a step of 2-8-1 sigmoid, batch 4, bce, sgd",
       .unit = "step",
       .shape = {{2, 8, 1}, "sigmoid", 4, 2048}},
      {.name = "predict-row",
       .description = "the outputs of 784-256-10 relu for one row",
       .unit = "row",
       .shape = {{784, 256, 10}, "relu", 1, 1},
       .work = Work::prediction},
      {.name = "predict-rows",
       .description = "the same for a row of 10,000 that are predicted at once",
       .unit = "row",
       .shape = {{784, 256, 10}, "relu", 1, 10000},
       .work = Work::prediction},
  };
  return tasks;
}

const BenchTask& find_bench_task(const std::string& name) {
  std::vector<std::string> names;
  for (const BenchTask& task : bench_tasks()) {
    if (task.name == name) return task;
    names.push_back(task.name);
  }
  throw InputError(unknown_name("task", name, names));
}

Timing time_task(const BenchTask& task, Device& device, double seconds) {
  MadeNetwork made(device, task.shape);
  Timing timing = task.work == Work::training ? time_calls([&] { made.train_epoch(); }, seconds)
                                              : time_calls([&] { made.predict(); }, seconds);
  for (double* const time : {&timing.median, &timing.quartile1, &timing.quartile3}) *time /= task.units();
  return timing;
}

}  // namespace tinymlp::program
