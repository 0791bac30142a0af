// PyTorch's C++ library on the tasks that compare_peers.py lists, as torch_eager.py does them; prints one JSON object.
//   libtorch TASK SECONDS [DIRECTORY]
#include <torch/torch.h>
#include <torch/version.h>

#include <zlib.h>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>

namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

double seconds_per_call(const std::function<void()>& call, double seconds) {
  call();
  int calls = 0;
  const double start = now();
  while (calls == 0 || now() - start < seconds) {
    call();
    ++calls;
  }
  return (now() - start) / calls;
}

/// The bytes of a gzipped IDX file behind its header, as floats.
torch::Tensor read_idx(const std::string& path, int64_t rows, int64_t columns, std::size_t header) {
  const gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) throw std::runtime_error("cannot read " + path);
  torch::Tensor bytes = torch::empty({rows, columns}, torch::kUInt8);
  unsigned char skipped[16];
  const auto size = static_cast<unsigned>(rows * columns);
  const bool whole = gzread(file, skipped, static_cast<unsigned>(header)) == static_cast<int>(header) &&
                     gzread(file, bytes.data_ptr(), size) == static_cast<int>(size);
  gzclose(file);
  if (!whole) throw std::runtime_error("too short: " + path);
  return bytes;
}

/// Gathers each batch by its rows.
double fashion_epoch(double seconds, const std::string& directory) {
  const torch::Tensor images =
      read_idx(directory + "/train-images-idx3-ubyte.gz", 60000, 784, 16).to(torch::kFloat) / 255;
  const torch::Tensor labels =
      read_idx(directory + "/train-labels-idx1-ubyte.gz", 60000, 1, 8).to(torch::kLong).flatten();
  torch::nn::Sequential network(torch::nn::Linear(784, 256), torch::nn::ReLU(), torch::nn::Linear(256, 10));
  {
    const torch::NoGradGuard none;
    for (torch::Tensor& parameter : network->parameters())
      parameter.dim() == 2 ? parameter.normal_(0, 0.01) : parameter.zero_();
  }
  torch::optim::SGD optimizer(network->parameters(), 0.1);
  const auto epoch = [&] {
    const torch::Tensor order = torch::randperm(60000, torch::kLong);
    for (int64_t begin = 0; begin < 60000; begin += 256) {
      const torch::Tensor rows = order.slice(0, begin, std::min<int64_t>(60000, begin + 256));
      optimizer.zero_grad();
      torch::nn::functional::cross_entropy(network->forward(images.index_select(0, rows)), labels.index_select(0, rows))
          .backward();
      optimizer.step();
    }
  };
  return seconds_per_call(epoch, seconds);
}

/// Copies the data in their new order once an epoch, and takes slices.
double step(torch::nn::Sequential network, int64_t batch, double seconds) {
  constexpr int64_t rows = 2048;
  const torch::Tensor x = torch::rand({rows, 2}) * 2 - 1;
  const torch::Tensor t = torch::arange(rows).remainder(2).to(torch::kFloat).unsqueeze(1);
  torch::optim::SGD optimizer(network->parameters(), 0.03);
  const auto epoch = [&] {
    const torch::Tensor order = torch::randperm(rows, torch::kLong);
    const torch::Tensor shuffled_x = x.index_select(0, order), shuffled_t = t.index_select(0, order);
    for (int64_t begin = 0; begin < rows; begin += batch) {
      optimizer.zero_grad();
      torch::binary_cross_entropy_with_logits(network->forward(shuffled_x.slice(0, begin, begin + batch)),
                                              shuffled_t.slice(0, begin, begin + batch))
          .backward();
      optimizer.step();
    }
  };
  return seconds_per_call(epoch, seconds) / (static_cast<double>(rows) / static_cast<double>(batch));
}

double measure(const std::string& task, double seconds, const std::string& directory) {
  using torch::nn::Linear;
  if (task == "fashion-epoch") return fashion_epoch(seconds, directory);
  if (task == "small-step")
    return step(
        torch::nn::Sequential(Linear(2, 16), torch::nn::Tanh(), Linear(16, 16), torch::nn::Tanh(), Linear(16, 1)), 32,
        seconds);
  if (task == "tiny-step")
    return step(torch::nn::Sequential(Linear(2, 8), torch::nn::Sigmoid(), Linear(8, 1)), 4, seconds);
  if (task == "start") return 0;  // the libraries are loaded, a network is made
  throw std::runtime_error("unknown task " + task);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  torch::set_num_threads(1);
  torch::manual_seed(0);
  const double seconds = measure(argv[1], std::atof(argv[2]), argc > 3 ? argv[3] : "");
  std::printf("{\"version\": \"%s\", \"seconds\": %.9g}\n", TORCH_VERSION, seconds);
}
