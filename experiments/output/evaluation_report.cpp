// Words evaluations, for people and as JSON.
#include "output/evaluation_report.h"

#include <nlohmann/json.hpp>

#include "output/text_format.h"

namespace tinymlp::program {

namespace {

using Json = nlohmann::ordered_json;
using Rows = std::vector<std::vector<std::string>>;

using Names = std::vector<std::string>;

std::string confusion_text(const ClassificationMeasures& measures, const Names& class_names) {
  Rows rows{{""}};
  for (const std::string& name : class_names) rows[0].push_back(name);
  for (std::size_t truth = 0; truth < class_names.size(); ++truth) {
    rows.push_back({class_names[truth]});
    for (const Index count : measures.confusion[truth]) rows.back().push_back(std::to_string(count));
  }
  return "\nconfusion matrix: a row for each true class, a column for each predicted one\n" + table(rows);
}

std::string measures_text(const ClassificationMeasures& measures, const Names& class_names) {
  Rows rows{{"class", "precision", "recall", "F1", "rows"}};
  const auto add = [&](const std::string& name, const ClassMeasures& of_class) {
    rows.push_back({name, fixed(of_class.precision, 4), fixed(of_class.recall, 4), fixed(of_class.f1, 4),
                    std::to_string(of_class.rows)});
  };
  for (std::size_t i = 0; i < class_names.size(); ++i) add(class_names[i], measures.classes[i]);
  add("macro", measures.macro);
  return "\n" + table(rows);
}

Json class_json(const ClassMeasures& measures) {
  return {{"precision", measures.precision}, {"recall", measures.recall}, {"f1", measures.f1}};
}

}  // namespace

std::string evaluation_text(const Evaluation& evaluation) {
  std::vector<std::pair<std::string, std::string>> rows{
      {"data", evaluation.data},
      {"rows", std::to_string(evaluation.rows)},
      {"loss (" + evaluation.loss_name + ")", six_digits(evaluation.loss)}};
  if (const auto& measures = evaluation.regression) {
    rows.emplace_back("mae", six_digits(measures->mae));
    rows.emplace_back("r2", measures->r2 ? six_digits(*measures->r2) : "none, for all targets are equal");
  }
  if (!evaluation.classes) return named_values(rows);
  const ClassificationMeasures& measures = *evaluation.classes;
  rows.emplace_back("accuracy", fixed(measures.accuracy, 4));
  return named_values(rows) + confusion_text(measures, evaluation.class_names) +
         measures_text(measures, evaluation.class_names);
}

std::string evaluation_json(const Evaluation& evaluation) {
  Json json{{"model", evaluation.model},
            {"data", evaluation.data},
            {"rows", evaluation.rows},
            {"loss", evaluation.loss},
            {"loss_name", evaluation.loss_name}};
  if (const auto& measures = evaluation.regression) {
    json["mae"] = measures->mae;
    json["r2"] = measures->r2 ? Json(*measures->r2) : Json(nullptr);
  }
  if (const auto& measures = evaluation.classes) {
    json["accuracy"] = measures->accuracy;
    json["classes"] = evaluation.class_names;
    json["confusion"] = measures->confusion;
    json["per_class"] = Json::array();
    for (std::size_t i = 0; i < evaluation.class_names.size(); ++i) {
      Json one{{"class", evaluation.class_names[i]}};
      one.update(class_json(measures->classes[i]));
      one["rows"] = measures->classes[i].rows;
      json["per_class"].push_back(one);
    }
    json["macro"] = class_json(measures->macro);
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tinymlp::program
