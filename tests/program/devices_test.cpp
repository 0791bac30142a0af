// Where the program computes: what devices tells, what auto chooses, what is said where there is no GPU.
#include <thread>

#include "program.h"

namespace tinymlp::test {
namespace {

const std::map<std::string, std::string> no_gpu{{"TINYMLP_CUDA_LIBRARY", "/nowhere.so"}, {"TINYMLP_DEVICE", "auto"}};

TEST_F(ProgramTest, DevicesListsTheCpuAndWhyThereIsNoGpu) {
  const Outcome outcome = run("devices", no_gpu);
  EXPECT_EQ(outcome.status, 0);
  const auto listed = lines(outcome.out);
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_TRUE(listed[0].starts_with("cpu   ")) << listed[0];
  const std::string cores = std::to_string(std::thread::hardware_concurrency()) + " core";
  for (const std::string& part :
       {cores, std::string("SIMD "), std::string("matrix products by "), std::string(" thread")})
    EXPECT_NE(listed[0].find(part), std::string::npos) << listed[0];
  EXPECT_TRUE(listed[1].starts_with("cuda  no GPU can be used: the library /nowhere.so cannot be loaded")) << listed[1];
}

TEST_F(ProgramTest, DevicesTellsTheSameAsJson) {
  const Outcome outcome = run("devices --json", no_gpu);
  const Json json = Json::parse(outcome.out);
  EXPECT_EQ(json.at("cpu").at("cores"), std::thread::hardware_concurrency());
  EXPECT_FALSE(json.at("cpu").at("simd").get<std::string>().empty());
  const std::string products = json.at("cpu").at("products");
  EXPECT_TRUE(products == "our own kernels" || products == "Eigen" || products.starts_with("libxsmm for ")) << products;
  EXPECT_EQ(json.at("cuda").at("usable"), false);
  EXPECT_NE(json.at("cuda").at("problem").get<std::string>().find("/nowhere.so"), std::string::npos);
  EXPECT_TRUE(json.at("cuda").at("gpus").empty());
}

int lines_with(const std::string& text, const std::string& begin) {
  int said = 0;
  for (const std::string& line : lines(text)) said += line.starts_with(begin);
  return said;
}

// On one thread a GPU is estimated to be faster; it learns nothing, and stops early.
const std::string large_training =
    "train --data xor --samples 40 --hidden 500,500 --batch-size full --epochs 10000000 --threads 1 --learning-rate 0 "
    "--validation-fraction 0.5 --patience 1";
const std::string small_training = "train --data xor --samples 40 --epochs 1";

TEST_F(ProgramTest, AutoTakesTheCpuWithoutAGpuAndSaysSoInOneLine) {
  const Outcome outcome = run(large_training, no_gpu);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(lines_with(outcome.err, "device   auto: cpu, since no GPU can be used: the library /nowhere.so"), 1)
      << outcome.err;
  EXPECT_EQ(run(small_training + " --quiet", no_gpu).err, "");
  EXPECT_EQ(run(small_training + " --device cpu", no_gpu).err.find("device "), std::string::npos);
}

TEST_F(ProgramTest, AutoDoesNotEvenLookForAGpuThatCannotHelp) {
  const Outcome outcome = run(small_training, no_gpu);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(lines_with(outcome.err, "device   auto: cpu: an estimated "), 1) << outcome.err;
  EXPECT_EQ(outcome.err.find("nowhere"), std::string::npos) << outcome.err;
}

TEST_F(ProgramTest, TheEnvironmentSaysWhatAutoMeans) {
  auto variables = no_gpu;
  variables["TINYMLP_DEVICE"] = "cpu";
  EXPECT_EQ(lines_with(run(large_training, variables).err, "device   auto: cpu, as TINYMLP_DEVICE says"), 1);
  variables["TINYMLP_DEVICE"] = "cuda";
  const Outcome refused = run(small_training, variables);
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.err.find("no GPU can be used (TINYMLP_DEVICE cuda): the library /nowhere.so"), std::string::npos)
      << refused.err;
  EXPECT_EQ(run(small_training + " --device cpu", variables).status, 0);
  variables["TINYMLP_DEVICE"] = "gpu";
  const Outcome unknown = run(small_training, variables);
  EXPECT_EQ(unknown.status, 2);
  EXPECT_NE(unknown.err.find("\"gpu\" is no device (the environment variable TINYMLP_DEVICE): write auto, cpu or cuda"),
            std::string::npos)
      << unknown.err;
}

#ifdef EMULATED_LIBRARY
// The CUDA device's own code, on an emulated GPU.
const std::map<std::string, std::string> emulated_gpu{{"TINYMLP_CUDA_LIBRARY", EMULATED_LIBRARY},
                                                      {"TINYMLP_DEVICE", "auto"}};

TEST_F(ProgramTest, AutoTakesTheGpuWhereOneWorks) {
  const Outcome devices = run("devices", emulated_gpu);
  EXPECT_NE(devices.out.find("cuda  Imaginary GPU, 1.0 GiB, compute capability 9.0"), std::string::npos) << devices.out;
  const Outcome large = run(large_training, emulated_gpu);
  EXPECT_EQ(lines_with(large.err, "device   auto: cuda, Imaginary GPU: an estimated "), 1) << large.err;
  const Outcome brief = run(large_training + " --max-seconds 0.5", emulated_gpu);  // a GPU would hardly have started
  EXPECT_EQ(lines_with(brief.err, "device   auto: cpu: an estimated 0.5 s on the CPU, 1.2 s on a GPU"), 1) << brief.err;
  const Outcome small = run(small_training, emulated_gpu);
  EXPECT_EQ(lines_with(small.err, "device   auto: cpu: an estimated "), 1) << small.err;
  const std::string words = "train --data xor --samples 40 --epochs 3 --hidden 8 --json --device ";
  const Outcome on_gpu = run(words + "cuda", emulated_gpu), on_cpu = run(words + "cpu", emulated_gpu);
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

TEST_F(ProgramTest, Tf32RoundsOnTheGpuAndOnlyThere) {
  const std::string words = "train --data xor --samples 40 --epochs 3 --hidden 8 --json ";
  const auto loss = [&](const std::string& more) {
    return json_lines(run(words + more, emulated_gpu).out).back().at("train_loss").get<double>();
  };
  const double exact = loss("--device cuda"), rounded = loss("--device cuda --tf32");
  EXPECT_NE(exact, rounded);
  EXPECT_NEAR(exact, rounded, 1e-2);
  const Outcome refused = run(words + "--tf32", emulated_gpu);
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.err.find("only a GPU rounds to TensorFloat-32 (--tf32): give --device cuda, too"),
            std::string::npos)
      << refused.err;
}

TEST_F(ProgramTest, ARunWithTf32GoesOnOnTheCpu) {
  const std::string words = "train --data xor --samples 40 --epochs 2 --hidden 8 --device cuda --tf32 --out run";
  ASSERT_EQ(run(words, emulated_gpu).status, 0);
  const Outcome resumed = run("train --resume run --epochs 3 --device cpu", emulated_gpu);
  EXPECT_EQ(resumed.status, 0) << resumed.err;
  EXPECT_EQ(read_json("run/run.json").at("device").at("name"), "cpu");
  ASSERT_EQ(run("train --resume run --epochs 4 --device cuda", emulated_gpu).status, 0);
  EXPECT_EQ(read_json("run/run.json").at("settings").at("tf32"), true) << "as it began";
  write("config.json", R"({"data": "xor", "samples": 40, "epochs": 1})");
  const Outcome refused = run("train --config config.json --tf32", emulated_gpu);
  EXPECT_EQ(refused.status, 2) << "it stands in the words, not in the file";
  write("config.json", R"({"data": "xor", "samples": 40, "epochs": 1, "device": "cuda", "tf32": true})");
  EXPECT_EQ(run("train --config config.json --device cpu", emulated_gpu).status, 0);
}

TEST_F(ProgramTest, ParityHoldsEachEpochAgainstItsOwnLoss) {
  std::string table = "a,b,y\n";  // losses of 10^8 and of .01
  for (int i = 0; i < 40; ++i) {
    const int a = i % 7 - 3, b = i % 5 - 2;
    table += std::to_string(a) + "," + std::to_string(b) + "," + std::to_string(3000 * a + 2000 * b + 20000) + "\n";
  }
  write("large.csv", table);
  const Outcome outcome =
      run("parity --data large.csv --task regression --hidden none --optimizer sgd "
          "--learning-rate 0.1 --batch-size full --epochs 60",
          emulated_gpu);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
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
  const Outcome apart = run(words + " --tolerance 0 --learning-rate 0.3", emulated_gpu);
  EXPECT_EQ(apart.status, 1);
  EXPECT_NE(apart.err.find("error: the two devices came apart: "), std::string::npos) << apart.err;
}
#endif

}  // namespace
}  // namespace tinymlp::test
