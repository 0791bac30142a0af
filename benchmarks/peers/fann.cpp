// FANN on the tasks that compare_peers.py lists; prints one JSON object.
//   fann TASK SECONDS [DIRECTORY]
//
// FANN knows neither mini-batches nor cross-entropy. What is counted as a step: one fann_train_epoch with
// FANN_TRAIN_BATCH over a set that holds one batch, which goes forward and back through the network row by row, adds up
// the gradients and updates the weights once. Its loss is the mean squared error behind a sigmoid: the output is a
// sigmoid, as inside of bce. A Fashion-MNIST epoch is 234 steps and three quarters of one, each on one of the first ten
// batches of 256 images; the output layer has ten sigmoids in place of a softmax, the hidden one FANN's nearest to
// ReLU, which stops at 1. Nothing is shuffled and no batch is gathered: that is left out of FANN's time.
#include <floatfann.h>
#include <zlib.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// Batches of training data, each a set of its own.
using Batches = std::vector<fann_train_data*>;

Batches random_batches(unsigned rows, unsigned batch) {
  Batches batches;
  for (unsigned begin = 0; begin < rows; begin += batch) {
    fann_train_data* const data = fann_create_train(batch, 2, 1);
    for (unsigned i = 0; i < batch; ++i) {
      for (unsigned k = 0; k < 2; ++k) data->input[i][k] = 2 * static_cast<float>(std::rand()) / RAND_MAX - 1;
      data->output[i][0] = static_cast<float>(i % 2);
    }
    batches.push_back(data);
  }
  return batches;
}

std::vector<unsigned char> read_bytes(const std::string& path, std::size_t header, std::size_t size) {
  std::vector<unsigned char> bytes(header + size);
  const gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) throw std::runtime_error("cannot read " + path);
  const bool whole = gzread(file, bytes.data(), static_cast<unsigned>(bytes.size())) == static_cast<int>(bytes.size());
  gzclose(file);
  if (!whole) throw std::runtime_error("too short: " + path);
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(header));
  return bytes;
}

Batches image_batches(const std::string& directory, unsigned count, unsigned batch) {
  const auto images = read_bytes(directory + "/train-images-idx3-ubyte.gz", 16, std::size_t{count} * batch * 784);
  const auto labels = read_bytes(directory + "/train-labels-idx1-ubyte.gz", 8, std::size_t{count} * batch);
  Batches batches;
  for (unsigned b = 0; b < count; ++b) {
    fann_train_data* const data = fann_create_train(batch, 784, 10);
    for (unsigned i = 0; i < batch; ++i) {
      const std::size_t row = std::size_t{b} * batch + i;
      for (std::size_t k = 0; k < 784; ++k) data->input[i][k] = static_cast<float>(images[row * 784 + k]) / 255;
      for (unsigned k = 0; k < 10; ++k) data->output[i][k] = labels[row] == k ? 1.0F : 0.0F;
    }
    batches.push_back(data);
  }
  return batches;
}

double seconds_per_step(const std::vector<unsigned>& sizes, fann_activationfunc_enum hidden, const Batches& batches,
                        double seconds) {
  fann* const network = fann_create_standard_array(static_cast<unsigned>(sizes.size()), sizes.data());
  fann_set_activation_function_hidden(network, hidden);
  fann_set_activation_function_output(network, FANN_SIGMOID);
  fann_set_activation_steepness_hidden(network, 1);
  fann_set_training_algorithm(network, FANN_TRAIN_BATCH);
  fann_set_train_error_function(network, FANN_ERRORFUNC_LINEAR);
  fann_set_learning_rate(network, 0.03F);
  fann_train_epoch(network, batches[0]);
  std::size_t steps = 0;
  const double start = now();
  while (steps == 0 || now() - start < seconds)
    for (fann_train_data* const batch : batches) {
      fann_train_epoch(network, batch);
      ++steps;
    }
  const double time = (now() - start) / static_cast<double>(steps);
  fann_destroy(network);
  return time;
}

double measure(const std::string& task, double seconds, const std::string& directory) {
  if (task == "fashion-epoch")
    return 60000.0 / 256 *
           seconds_per_step({784, 256, 10}, FANN_LINEAR_PIECE, image_batches(directory, 10, 256), seconds);
  if (task == "small-step")
    return seconds_per_step({2, 16, 16, 1}, FANN_SIGMOID_SYMMETRIC, random_batches(2048, 32), seconds);
  if (task == "tiny-step") return seconds_per_step({2, 8, 1}, FANN_SIGMOID, random_batches(2048, 4), seconds);
  if (task == "start") return 0;
  throw std::runtime_error("unknown task " + task);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  std::printf("{\"seconds\": %.9g}\n", measure(argv[1], std::atof(argv[2]), argc > 3 ? argv[3] : ""));
}
