// Words the measurements.
#include "bench/report.h"

#include <nlohmann/json.hpp>

#include "output/text_format.h"
#include "tinymlp/machine_limits.h"

namespace tinymlp::program {

namespace {

using Json = nlohmann::ordered_json;

std::string threads_text(int threads) { return std::to_string(threads) + (threads == 1 ? " thread" : " threads"); }
std::string giga(double number) { return fixed(number / 1e9, 1); }
std::string percent(double share) { return fixed(100 * share, 1) + " %"; }

/// "1.52 µs", "0.298 s": three digits that count.
std::string time_text(double seconds) {
  double scaled = seconds * 1e9;
  for (const char* unit : {" ns", " µs", " ms", " s"}) {
    if (scaled < 1000 || unit == std::string(" s")) return fixed(scaled, scaled < 10 ? 2 : scaled < 100 ? 1 : 0) + unit;
    scaled /= 1000;
  }
  return "";
}

std::string rate_text(double rate) { return rate < 100 ? fixed(rate, 2) + " " : with_prefix(rate); }

Json threads_json(const BenchDevice& device) { return device.threads ? Json(*device.threads) : Json(); }

}  // namespace

std::string BenchDevice::text() const { return threads ? threads_text(*threads) : name; }

std::string limits_text(const CpuInfo& cpu, const std::vector<Limits>& limits) {
  std::vector<std::vector<std::string>> rows{
      {"limit", "multiply-adds, GFLOP/s", "reading memory, GB/s", "triad in memory, GB/s"}};
  for (const Limits& limit : limits)
    rows.push_back({threads_text(limit.threads), giga(limit.multiply_add), giga(limit.read), giga(limit.triad)});
  return (cpu.model.empty() ? "" : cpu.model + ", ") + std::to_string(cpu.cores) +
         (cpu.cores == 1 ? " core" : " cores") + ", measured with " + limit_instructions() +
         " instructions in floats\n\n" + table(rows);
}

std::string results_text(const std::vector<TaskResult>& results) {
  std::vector<std::vector<std::string>> rows{
      {"task", "on", "time", "", "rate", "spread", "GFLOP/s", "of the limit", "set by"}};
  for (const auto& [task, device, timing, least] : results)
    rows.push_back({task->name, device.text(), time_text(timing.median),
                    (task->unit == "epoch" ? "an " : "a ") + task->unit,
                    rate_text(1 / timing.median) + task->unit + "s/s", percent(timing.spread()),
                    giga(task->flop() / timing.median), least ? percent(least->seconds / timing.median) : "-",
                    least ? least->bound : "-"});
  return table(rows);
}

std::string growth_text(const Growth& growth, const std::vector<BenchDevice>& devices,
                        const std::vector<Limits>& limits) {
  std::vector<std::vector<std::string>> rows{{growth.sweep.name}};
  for (std::size_t i = 0; i < devices.size(); ++i) {
    rows[0].push_back(devices[i].text());
    if (i < limits.size()) rows[0].emplace_back("of the peak");
  }
  for (const GrowthPoint& point : growth.points) {
    std::vector<std::string> row{std::to_string(point.size)};
    for (std::size_t i = 0; i < devices.size(); ++i) {
      row.push_back(time_text(point.timings[i].median));
      if (i < limits.size()) row.push_back(percent(point.flop / limits[i].multiply_add / point.timings[i].median));
    }
    rows.push_back(row);
  }
  std::string text = "a step of " + growth.sweep.description + "\n\n" + table(rows);
  for (const Cliff& cliff : cliffs(growth.points))
    text += "cliff: from " + std::to_string(cliff.from) + " to " + std::to_string(cliff.to) + ", " +
            devices[cliff.device].text() + ": " + fixed(cliff.time_factor, 2) + " times as long, for " +
            fixed(cliff.flop_factor, 2) + " times the arithmetic\n";
  for (const Slower& point : slower(growth.points))
    text += "slower: at " + std::to_string(point.size) + ", " + devices.back().text() + " take " +
            fixed(point.factor, 2) + " times as long as one\n";
  return text;
}

std::string limits_json(const CpuInfo& cpu, const std::vector<Limits>& limits) {
  std::string text;
  for (const Limits& limit : limits)
    text += Json({{"event", "limits"},
                  {"cpu", cpu.model},
                  {"cores", cpu.cores},
                  {"instructions", limit_instructions()},
                  {"threads", limit.threads},
                  {"multiply_add_flops", limit.multiply_add},
                  {"read_bytes_per_second", limit.read},
                  {"triad_bytes_per_second", limit.triad}})
                .dump() +
            "\n";
  return text;
}

std::string result_json(const TaskResult& result) {
  const auto& [task, device, timing, least] = result;
  return Json({{"event", "task"},
               {"task", task->name},
               {"description", task->description},
               {"device", device.name},
               {"threads", threads_json(device)},
               {"unit", task->unit},
               {"seconds", timing.median},
               {"quartile1", timing.quartile1},
               {"quartile3", timing.quartile3},
               {"repetitions", timing.repetitions},
               {"rate", 1 / timing.median},
               {"flop", task->flop()},
               {"flops", task->flop() / timing.median},
               {"limit", least ? Json(least->bound) : Json()},
               {"limit_seconds", least ? Json(least->seconds) : Json()},
               {"share", least ? Json(least->seconds / timing.median) : Json()}})
             .dump() +
         "\n";
}

std::string growth_json(const Growth& growth, const std::vector<BenchDevice>& devices,
                        const std::vector<Limits>& limits) {
  std::string text;
  for (const GrowthPoint& point : growth.points)
    for (std::size_t i = 0; i < devices.size(); ++i) {
      const Timing& timing = point.timings[i];
      const bool known = i < limits.size();
      text += Json({{"event", "growth"},
                    {"sweep", growth.sweep.name},
                    {"size", point.size},
                    {"device", devices[i].name},
                    {"threads", threads_json(devices[i])},
                    {"seconds", timing.median},
                    {"quartile1", timing.quartile1},
                    {"quartile3", timing.quartile3},
                    {"repetitions", timing.repetitions},
                    {"flop", point.flop},
                    {"multiply_add_seconds", known ? Json(point.flop / limits[i].multiply_add) : Json()},
                    {"parameter_seconds", known ? Json(point.parameter_bytes / limits[i].triad) : Json()}})
                  .dump() +
              "\n";
    }
  for (const Cliff& cliff : cliffs(growth.points))
    text += Json({{"event", "cliff"},
                  {"sweep", growth.sweep.name},
                  {"from", cliff.from},
                  {"to", cliff.to},
                  {"device", devices[cliff.device].name},
                  {"threads", threads_json(devices[cliff.device])},
                  {"time_factor", cliff.time_factor},
                  {"flop_factor", cliff.flop_factor}})
                .dump() +
            "\n";
  for (const Slower& point : slower(growth.points))
    text += Json({{"event", "slower"},
                  {"sweep", growth.sweep.name},
                  {"size", point.size},
                  {"threads", threads_json(devices.back())},
                  {"time_factor", point.factor}})
                .dump() +
            "\n";
  return text;
}

}  // namespace tinymlp::program
