// Turns states into tensors, and back.
#include "training/checkpoint.h"

#include <array>
#include <cmath>

#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/io/safetensors.h"

namespace tinymlp::program {

namespace {

constexpr const char* format_key = "tinymlp-checkpoint";
constexpr const char* format_version = "1";
constexpr double largest_count = 0x1p53;  // below it a double holds every whole number

Tensor row(const std::string& name, std::vector<double> values) {
  const auto size = static_cast<Index>(values.size());
  return {name, {size}, std::move(values)};
}

// ---- epochs ----

/// The columns of metrics.csv, then the sum of 1 << column over those that have a value.
constexpr std::size_t epoch_columns = 9, epoch_width = epoch_columns + 1;
using EpochRow = std::array<double, epoch_width>;

class RowWriter {
 public:
  void add(std::optional<double> value) {
    if (value) row_.back() += std::ldexp(1, static_cast<int>(column_));
    row_[column_++] = value.value_or(0);
  }
  void add(const std::optional<Metrics>& metrics) {
    add(metrics ? std::optional(metrics->loss) : std::nullopt);
    add(metrics ? metrics->accuracy : std::nullopt);
  }
  const EpochRow& row() const { return row_; }

 private:
  EpochRow row_{};
  std::size_t column_ = 0;
};

class RowReader {
 public:
  explicit RowReader(const double* row) : row_(row) {}
  std::optional<double> next() {
    const bool present = std::fmod(std::ldexp(row_[epoch_columns], -static_cast<int>(column_)), 2) >= 1;
    const double value = row_[column_++];
    return present ? std::optional(value) : std::nullopt;
  }
  double number() { return next().value_or(std::nan("")); }
  std::optional<Metrics> metrics() {
    const auto loss = next(), accuracy = next();
    return loss ? std::optional(Metrics{*loss, accuracy}) : std::nullopt;
  }

 private:
  const double* row_;
  std::size_t column_ = 0;
};

Tensor epochs_tensor(const std::vector<EpochRecord>& records) {
  Tensor tensor{"epochs", {static_cast<Index>(records.size()), static_cast<Index>(epoch_width)}, {}};
  for (const auto& [training, validation, test] : records) {
    RowWriter writer;
    writer.add(static_cast<double>(training.epoch));
    writer.add(training.loss);
    writer.add(training.accuracy);
    writer.add(validation);
    writer.add(test);
    writer.add(training.learning_rate);
    writer.add(training.seconds);
    tensor.values.insert(tensor.values.end(), writer.row().begin(), writer.row().end());
  }
  return tensor;
}

// ---- reading ----

/// The tensors of a file, by name.
class Contents {
 public:
  Contents(std::string_view bytes, std::string name) : name_(std::move(name)), file_(parse_safetensors(bytes, name_)) {
    const auto version = file_.metadata.find(format_key);
    if (version == file_.metadata.end()) fail("it is no checkpoint of this program");
    if (version->second != format_version) fail("its format is " + in_quotes(version->second));
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw InputError("the run cannot go on, " + what + " (" + name_ + "): start it again, or from a copy");
  }
  const Tensor* find(const std::string& name) const {
    for (const Tensor& tensor : file_.tensors)
      if (tensor.name == name) return &tensor;
    return nullptr;
  }
  const Tensor& get(const std::string& name) const {
    const Tensor* const found = find(name);
    if (!found) fail("its checkpoint lacks " + in_quotes(name));
    return *found;
  }
  /// The numbers of a tensor that has exactly so many.
  const std::vector<double>& numbers(const std::string& name, std::size_t count) const {
    const Tensor& tensor = get(name);
    if (tensor.values.size() != count) fail("its checkpoint has a wrong " + in_quotes(name));
    return tensor.values;
  }
  /// PREFIX0.NAME, PREFIX1.NAME, … as NAME, in that order.
  std::vector<Tensor> list(const std::string& prefix) const {
    std::vector<Tensor> tensors;
    for (const Tensor& tensor : file_.tensors) {
      if (!tensor.name.starts_with(prefix)) continue;
      const auto dot = tensor.name.find('.', prefix.size());
      if (dot == std::string::npos) fail("its checkpoint has a wrong " + in_quotes(tensor.name));
      tensors.push_back({tensor.name.substr(dot + 1), tensor.shape, tensor.values});
    }
    return tensors;
  }
  Index count(double number) const {
    if (!(number >= 0 && number < largest_count && number == std::floor(number)))
      fail("its checkpoint has a number that counts nothing");
    return static_cast<Index>(number);
  }

 private:
  std::string name_;
  Safetensors file_;
};

std::vector<EpochRecord> read_epochs(const Contents& contents) {
  const Tensor& tensor = contents.get("epochs");
  if (tensor.shape.size() != 2 || tensor.shape[1] != static_cast<Index>(epoch_width))
    contents.fail("its checkpoint has a wrong \"epochs\"");
  std::vector<EpochRecord> records;
  for (std::size_t first = 0; first < tensor.values.size(); first += epoch_width) {
    RowReader reader(tensor.values.data() + first);
    EpochRecord record{};
    record.training.epoch = contents.count(reader.number());
    record.training.loss = reader.number();
    record.training.accuracy = reader.next();
    record.validation = reader.metrics();
    record.test = reader.metrics();
    record.training.learning_rate = reader.number();
    record.training.seconds = reader.number();
    records.push_back(record);
  }
  return records;
}

TrainerState read_trainer(const Contents& contents) {
  TrainerState state;
  const auto& position = contents.numbers("trainer.position", 4);
  state.epoch = contents.count(position[0]);
  state.step = contents.count(position[1]);
  state.seconds = position[2];
  state.planned_epochs = contents.count(position[3]);
  const auto& schedule = contents.numbers("trainer.schedule", 3);
  state.schedule = {.factor = schedule[0], .best_loss = schedule[1], .bad_epochs = contents.count(schedule[2])};
  state.losses = contents.get("trainer.losses").values;
  state.correct = contents.get("trainer.correct").values;
  state.values = contents.list("trainer.values.");
  state.epoch_start = contents.list("trainer.epoch_start.");
  return state;
}

}  // namespace

std::string format_checkpoint(const FitState& state) {
  const TrainerState& trainer = state.trainer;
  Safetensors file{{}, {{format_key, format_version}}};
  std::vector<Tensor>& tensors = file.tensors;
  tensors.push_back(row("trainer.position", {static_cast<double>(trainer.epoch), static_cast<double>(trainer.step),
                                             trainer.seconds, static_cast<double>(trainer.planned_epochs)}));
  tensors.push_back(row("trainer.schedule", {trainer.schedule.factor, trainer.schedule.best_loss,
                                             static_cast<double>(trainer.schedule.bad_epochs)}));
  tensors.push_back(row("trainer.losses", trainer.losses));
  tensors.push_back(row("trainer.correct", trainer.correct));
  const auto add_list = [&](const std::string& prefix, const std::vector<Tensor>& list) {
    for (std::size_t i = 0; i < list.size(); ++i)
      tensors.push_back({prefix + std::to_string(i) + "." + list[i].name, list[i].shape, list[i].values});
  };
  add_list("trainer.values.", trainer.values);
  add_list("trainer.epoch_start.", trainer.epoch_start);
  if (const auto& stopping = state.early_stopping) {
    tensors.push_back(row("early_stopping.position", {static_cast<double>(stopping->epoch),
                                                      static_cast<double>(stopping->best_epoch), stopping->best_loss}));
    tensors.push_back(row("early_stopping.best", stopping->best.values));
  }
  tensors.push_back(epochs_tensor(state.epochs));
  return format_safetensors(file, Dtype::f64);
}

FitState parse_checkpoint(std::string_view bytes, const std::string& name) {
  const Contents contents(bytes, name);
  FitState state{.trainer = read_trainer(contents), .epochs = read_epochs(contents)};
  if (static_cast<Index>(state.epochs.size()) != state.trainer.epoch)
    contents.fail("its checkpoint has " + std::to_string(state.epochs.size()) + " epochs, not " +
                  std::to_string(state.trainer.epoch));
  if (contents.find("early_stopping.position")) {
    const auto& position = contents.numbers("early_stopping.position", 3);
    state.early_stopping = {.epoch = contents.count(position[0]),
                            .best_epoch = contents.count(position[1]),
                            .best_loss = position[2],
                            .best = contents.get("early_stopping.best")};
  }
  return state;
}

}  // namespace tinymlp::program
