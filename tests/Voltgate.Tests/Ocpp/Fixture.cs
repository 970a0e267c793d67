using System.Text;
using System.Text.Json.Nodes;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Tests.Ocpp;

/// <summary>Fixtures/VERSION/ACTION.request.json and .response.json: one valid example of each message.</summary>
internal static class Fixture
{
    public static string Folder(string version) => Path.Combine(AppContext.BaseDirectory, "Ocpp", "Fixtures", version);

    public static WireValue Read(string version, string name) => WireOf(TextOf(version, name));

    public static string TextOf(string version, string name) =>
        File.ReadAllText(Path.Combine(Folder(version), name + ".json"));

    public static IEnumerable<string> Names(string version) =>
        Directory.EnumerateFiles(Folder(version)).Select(f => Path.GetFileNameWithoutExtension(f)).Order();

    public static WireValue WireOf(string json) =>
        WireValue.Parse(json) ?? throw new ArgumentException("not a fit JSON text: " + json, nameof(json));

    public static void AssertSame(string expectedJson, ReadOnlySpan<byte> json) => AssertSame(
        expectedJson, Encoding.UTF8.GetString(json));

    public static void AssertSame(string expectedJson, string json) => Assert.True(
        JsonNode.DeepEquals(JsonNode.Parse(expectedJson), JsonNode.Parse(json)),
        $"expected {JsonNode.Parse(expectedJson)!.ToJsonString()}\nbut got  {json}");
}
