// Writes a run's files.
#include "report/run_files.h"

#include "figures/run_figures.h"
#include "model/description.h"
#include "output/train_report.h"
#include "report/run_report.h"
#include "tinymlp/device_dataset.h"
#include "tinymlp/io/model.h"
#include "tinymlp/layer_health.h"
#include "tinymlp/losses.h"
#include "tinymlp/model.h"

namespace tinymlp::program {

std::string write_run(const RunDirectory& directory, const RunRecord& record, Network& network, const DataSet& training,
                      const std::vector<EpochRecord>& epochs, Diagnostics* diagnostics) {
  directory.write("model.safetensors", format_model(record.model, network.parameter_tensors()));
  directory.write("metrics.csv", metrics_csv(epochs));
  directory.write("run.json", run_json(record));
  RunFigures figures = draw_figures(directory, {network, record.model, training, epochs, run_title(record)});
  if (diagnostics) {
    const bool is_after_the_epoch = record.steps == 0 && !record.best_epoch;
    diagnostics->finish(directory, record.epochs, is_after_the_epoch, run_title(record), figures);
  }
  const DeviceDataSet rows(network.device(), training, target_coding(record.model, network.outputs()));
  const auto layers = check_health(network, *make_loss(record.model.loss), rows);
  directory.write("report.html", run_report(record, epochs, layers, figures, directory.path().string()));
  return figures.note;
}

}  // namespace tinymlp::program
