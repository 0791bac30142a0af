// Prints one picture below the other.
#include "terminal/run_plots.h"

#include <unistd.h>

#include <cstdio>

#include "terminal/loss_plot.h"
#include "terminal/plane_plot.h"
#include "terminal/terminal.h"

namespace tinymlp::program {

void show_run_plots(const Verbosity& verbosity, const std::vector<EpochRecord>& epochs, const Network& network,
                    const ModelDescription& description, const DataSet& training) {
  const Medium medium = medium_of(verbosity.json ? STDERR_FILENO : STDOUT_FILENO);
  std::string text;
  for (const std::string& plot : {loss_plot(epochs, medium), plane_plot(network, description, training, medium)})
    if (!plot.empty()) text += "\n" + plot;
  if (verbosity.json)
    std::fputs(text.c_str(), stderr);
  else
    print(text);
}

}  // namespace tinymlp::program
