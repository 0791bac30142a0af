// Runs an experiment and words its record.
#include "grading/record.h"

#include <algorithm>
#include <chrono>
#include <sstream>

#include "output/text_format.h"
#include "program_version.h"
#include "tinymlp/error.h"

namespace tinymlp::program {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t line_width = 100;

/// The text in lines of at most that many characters, broken between words.
std::string wrapped(const std::string& text) {
  std::string lines, line;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    begin = end + 1;
    if (!line.empty() && length(line) + 1 + length(word) > line_width) {
      lines += line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  }
  return lines + line + "\n";
}

std::string claims_table(const std::vector<Claim>& claims) {
  std::vector<std::vector<std::string>> rows{{"claim", "reference", "tolerance", "measured", "result"}};
  for (const Claim& claim : claims)
    rows.push_back({claim.what, reference_text(claim.expected), tolerance_text(claim.expected), six_digits(claim.value),
                    result_text(claim)});
  std::istringstream lines(table(rows));
  std::string text, line;
  std::getline(lines, line);
  text = line + "  source\n";
  for (const Claim& claim : claims) {
    std::getline(lines, line);
    text += line + "  " + origin_text(claim.origin) + "\n";
  }
  return text;
}

const char* kind_name(Expectation::Kind kind) {
  switch (kind) {
    case Expectation::Kind::at_least:
      return "at least";
    case Expectation::Kind::at_most:
      return "at most";
    case Expectation::Kind::between:
      return "between";
    case Expectation::Kind::near:
      break;
  }
  return "near";
}

Json claim_json(const Claim& claim) {
  const Expectation& expected = claim.expected;
  const bool range = expected.kind == Expectation::Kind::between;
  return {{"claim", claim.what},
          {"expectation", kind_name(expected.kind)},
          {"reference", range ? Json({expected.low, expected.high}) : Json(expected.reference)},
          {"tolerance", range ? 0 : expected.tolerance},
          {"measured", claim.value},
          {"pass", claim.holds()},
          {"result", result_text(claim)},
          {"basis", basis_name(claim.origin.basis)},
          {"source", claim.origin.work}};
}

}  // namespace

std::string origin_text(const Origin& origin) { return basis_name(origin.basis) + ": " + origin.work; }

std::string result_text(const Claim& claim) { return claim.holds() ? "PASS" : "FAIL"; }

std::size_t ExperimentRecord::failed_claims() const {
  return static_cast<std::size_t>(std::ranges::count_if(claims, [](const Claim& claim) { return !claim.holds(); }));
}

Totals totals(const std::vector<ExperimentRecord>& records) {
  Totals all;
  for (const ExperimentRecord& record : records) {
    all.claims += record.claims.size();
    all.failed += record.failed_claims();
    all.seconds += record.seconds;
  }
  return all;
}

ExperimentRecord run_experiment(const Experiment& experiment, const ExperimentOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  Trial trial(options);
  ExperimentRecord record;
  record.experiment = &experiment;
  try {
    experiment.run(trial);
  } catch (const InputError&) {
    throw;
  } catch (const std::exception& error) {
    record.failure = error.what();
  }
  record.claims = trial.claims();
  record.figures = trial.figures();
  record.notes = trial.notes();
  record.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return record;
}

std::string verdict_text(const ExperimentRecord& record) {
  const std::size_t all = record.claims.size();
  if (!record.failure.empty()) return "FAIL, it stopped: " + record.failure;
  return std::string(record.passed() ? "PASS" : "FAIL") + ", " + std::to_string(all - record.failed_claims()) + " of " +
         std::to_string(all) + (all == 1 ? " claim holds" : " claims hold");
}

std::string record_text(const ExperimentRecord& record) {
  const Experiment& experiment = *record.experiment;
  std::string text =
      experiment.id + ": " + experiment.title + "\n" + wrapped(experiment.shows) + "\n" + claims_table(record.claims);
  for (const std::string& note : record.notes) text += wrapped("note: " + note);
  return text + verdict_text(record) + " (" + experiment.id + ")\n\n";
}

Json record_json(const ExperimentRecord& record) {
  Json claims = Json::array(), figures = Json::array();
  for (const Claim& claim : record.claims) claims.push_back(claim_json(claim));
  for (const Figure& figure : record.figures)
    figures.push_back({{"title", figure.title},
                       {"file", figure.name + ".svg"},
                       {"script", figure.name + ".gp"},
                       {"data", figure.files[0].first}});
  return {{"id", record.experiment->id},
          {"title", record.experiment->title},
          {"shows", record.experiment->shows},
          {"pass", record.passed()},
          {"claims", claims},
          {"notes", record.notes},
          {"failure", record.failure.empty() ? Json() : Json(record.failure)},
          {"figures", figures},
          {"seconds", record.seconds},
          {"version", program_version()},
          {"commit", program_commit()}};
}

std::string report_text(const std::vector<ExperimentRecord>& records) {
  const auto [claims, failed, seconds] = totals(records);
  std::string text = "# Experiments with multilayer perceptrons\n\n" + std::to_string(records.size()) +
                     (records.size() == 1 ? " experiment, " : " experiments, ") + std::to_string(claims - failed) +
                     " of " + std::to_string(claims) + " claims hold; " + fixed(seconds, 1) + " s, tinymlp " +
                     program_version() + " (commit " + program_commit() + ").\n\n";
  for (const ExperimentRecord& record : records)
    text += "- [" + record.experiment->id + "](#" + record.experiment->id + "): " + record.experiment->title + " — " +
            verdict_text(record) + "\n";
  for (const ExperimentRecord& record : records) {
    const Experiment& experiment = *record.experiment;
    text += "\n## " + experiment.id + "\n\n**" + experiment.title + ".** " + experiment.shows +
            "\n\n| claim | reference | tolerance | measured | result | source |\n|---|---|---|---|---|---|\n";
    for (const Claim& claim : record.claims)
      text += "| " + claim.what + " | " + reference_text(claim.expected) + " | " + tolerance_text(claim.expected) +
              " | " + six_digits(claim.value) + " | " + result_text(claim) + " | " + origin_text(claim.origin) + " |\n";
    for (const std::string& note : record.notes) text += "\n" + note + "\n";
    if (!record.failure.empty()) text += "\nIt stopped: " + record.failure + "\n";
    for (const Figure& figure : record.figures)
      text += "\n![" + figure.title + "](" + experiment.id + "/" + figure.name + ".svg)\n";
    text += "\nTo repeat: `tinymlp experiment " + experiment.id + "`\n";
  }
  return text;
}

}  // namespace tinymlp::program
