// Words epochs, for a file and for people.
#include "output/epoch_record.h"

#include "call_text.h"
#include "output/text_format.h"

namespace tinymlp::program {

namespace {

std::string csv_number(std::optional<double> number) { return number ? number_text(*number) : ""; }

std::string csv_metrics(const std::optional<Metrics>& metrics) {
  return metrics ? number_text(metrics->loss) + ',' + csv_number(metrics->accuracy) : ",";
}

}  // namespace

std::string metrics_csv(const std::vector<EpochRecord>& records) {
  std::string text =
      "epoch,train_loss,train_accuracy,validation_loss,validation_accuracy,test_loss,test_accuracy,learning_rate,"
      "seconds\n";
  for (const auto& [training, validation, test] : records) {
    text += std::to_string(training.epoch) + ',' + number_text(training.loss) + ',' + csv_number(training.accuracy);
    text += ',' + csv_metrics(validation) + ',' + csv_metrics(test);
    text += ',' + number_text(static_cast<float>(training.learning_rate)) + ',' + number_text(training.seconds) + '\n';
  }
  return text;
}

std::string epoch_line(const EpochRecord& record, Index epochs) {
  const std::string total = std::to_string(epochs), number = std::to_string(record.training.epoch);
  const auto loss_text = [](double loss) {  // of one width, so that lines make columns
    const std::string digits = six_digits(loss);
    return digits + std::string(digits.size() < 10 ? 10 - digits.size() : 0, ' ');
  };
  std::string line = "epoch " + std::string(total.size() - number.size(), ' ') + number + "/" + total + "  loss " +
                     loss_text(record.training.loss);
  if (record.training.accuracy) line += "  accuracy " + fixed(*record.training.accuracy, 4);
  const auto add = [&](const std::string& part, const std::optional<Metrics>& metrics) {
    if (!metrics) return;
    line += "  " + part + " loss " + loss_text(metrics->loss);
    if (metrics->accuracy) line += "  " + part + " accuracy " + fixed(*metrics->accuracy, 4);
  };
  add("validation", record.validation);
  add("test", record.test);
  return line;
}

}  // namespace tinymlp::program
