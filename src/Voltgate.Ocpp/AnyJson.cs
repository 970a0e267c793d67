using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Ocpp;

/// <summary>A JSON value of a shape that only its two ends know (OCPP 2.x P01: data of DataTransfer).</summary>
public readonly record struct AnyJson(string Json)
{
    /// <summary>The JSON string of a text.</summary>
    public static AnyJson Of(string text) => new(JsonValue.Create(text).ToJsonString());

    /// <summary>The text where it is a string, else the JSON as it is.</summary>
    public string Text => WireValue.Parse(Json)?.AsText() ?? Json;
}

/// <summary>Writes such a value as it came.</summary>
public sealed class AnyJsonConverter : JsonConverter<AnyJson>
{
    public override AnyJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        return new AnyJson(value.RootElement.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, AnyJson value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json);
}
