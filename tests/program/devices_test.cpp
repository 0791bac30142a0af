// Where the program computes: what devices tells, what auto chooses, what is said where there is no GPU.
#include <thread>

#include "program.h"

namespace tinymlp::test {
namespace {

const std::map<std::string, std::string> no_gpu{{"TINYMLP_CUDA_LIBRARY", "/nowhere.so"}};

TEST_F(ProgramTest, DevicesListsTheCpuAndWhyThereIsNoGpu) {
  const Outcome outcome = run("devices", no_gpu);
  EXPECT_EQ(outcome.status, 0);
  const auto listed = lines(outcome.out);
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_TRUE(listed[0].starts_with("cpu   ")) << listed[0];
  const std::string cores = std::to_string(std::thread::hardware_concurrency()) + " core";
  for (const std::string& part : {cores, std::string("SIMD "), std::string(" thread")})
    EXPECT_NE(listed[0].find(part), std::string::npos) << listed[0];
  EXPECT_TRUE(listed[1].starts_with("cuda  no GPU can be used: the library /nowhere.so cannot be loaded")) << listed[1];
}

TEST_F(ProgramTest, DevicesTellsTheSameAsJson) {
  const Outcome outcome = run("devices --json", no_gpu);
  const Json json = Json::parse(outcome.out);
  EXPECT_EQ(json.at("cpu").at("cores"), std::thread::hardware_concurrency());
  EXPECT_FALSE(json.at("cpu").at("simd").get<std::string>().empty());
  EXPECT_EQ(json.at("cuda").at("usable"), false);
  EXPECT_NE(json.at("cuda").at("problem").get<std::string>().find("/nowhere.so"), std::string::npos);
  EXPECT_TRUE(json.at("cuda").at("gpus").empty());
}

TEST_F(ProgramTest, AutoTakesTheCpuWithoutAGpuAndSaysSoInOneLine) {
  const Outcome outcome = run("train --data xor --samples 40 --epochs 1", no_gpu);
  EXPECT_EQ(outcome.status, 0);
  int said = 0;
  for (const std::string& line : lines(outcome.err))
    said += line.starts_with("device   auto: cpu, since no GPU can be used: the library /nowhere.so");
  EXPECT_EQ(said, 1) << outcome.err;
  EXPECT_EQ(run("train --data xor --samples 40 --epochs 1 --quiet", no_gpu).err, "");
  EXPECT_EQ(run("train --data xor --samples 40 --epochs 1 --device cpu", no_gpu).err.find("device "),
            std::string::npos);
}

#ifdef EMULATED_LIBRARY
// The CUDA device's own code, on an emulated GPU.
const std::map<std::string, std::string> emulated_gpu{{"TINYMLP_CUDA_LIBRARY", EMULATED_LIBRARY}};

TEST_F(ProgramTest, AutoTakesTheGpuWhereOneWorks) {
  const Outcome devices = run("devices", emulated_gpu);
  EXPECT_NE(devices.out.find("cuda  Imaginary GPU, 1.0 GiB, compute capability 9.0"), std::string::npos) << devices.out;
  const std::string words = "train --data xor --samples 40 --epochs 3 --hidden 8 --json --device ";
  const Outcome on_gpu = run(words + "auto", emulated_gpu), on_cpu = run(words + "cpu", emulated_gpu);
  EXPECT_NE(on_gpu.err.find("device   auto: cuda, Imaginary GPU"), std::string::npos) << on_gpu.err;
  const Json gpu = json_lines(on_gpu.out).back(), cpu = json_lines(on_cpu.out).back();
  EXPECT_NEAR(gpu.at("train_loss").get<double>(), cpu.at("train_loss").get<double>(), 1e-5);
  EXPECT_NEAR(gpu.at("test_loss").get<double>(), cpu.at("test_loss").get<double>(), 1e-5);
}

TEST_F(ProgramTest, AModelTrainedOnTheGpuIsEvaluatedOnEither) {
  EXPECT_EQ(run("train --data spiral --samples 40 --epochs 2 --hidden 8 --device cuda --out run", emulated_gpu).status,
            0);
  const auto loss_on = [&](const std::string& device) {
    const Outcome outcome = run("evaluate run --data spiral --samples 40 --json --device " + device, emulated_gpu);
    return json_lines(outcome.out).back().at("loss").get<double>();
  };
  EXPECT_NEAR(loss_on("cuda"), loss_on("cpu"), 1e-5);
  EXPECT_EQ(read_json("run/run.json").at("device").dump().find("cpu"), std::string::npos);
}

TEST_F(ProgramTest, ParityShowsTheLargestDifferencePerTensor) {
  const std::string words = "parity --data xor --samples 40 --epochs 3 --hidden 5";
  const Outcome text = run(words, emulated_gpu);
  EXPECT_EQ(text.status, 0) << text.err;
  EXPECT_EQ(lines(text.out).size(), 6U) << text.out;  // a header, four tensors, the losses
  const Json json = json_lines(run(words + " --json", emulated_gpu).out).back();
  ASSERT_EQ(json.at("tensors").size(), 4U);
  EXPECT_EQ(json.at("tensors")[0].at("name"), "0.weight");
  EXPECT_EQ(json.at("tensors")[0].at("numbers"), 10);
  for (const Json& tensor : json.at("tensors")) {
    EXPECT_LE(tensor.at("largest_difference").get<double>(), 1e-5);
    EXPECT_GE(tensor.at("largest_value").get<double>(), 0);
  }
  EXPECT_EQ(run(words + " --epochs 0", emulated_gpu).status, 2);
}
#endif

}  // namespace
}  // namespace tinymlp::test
