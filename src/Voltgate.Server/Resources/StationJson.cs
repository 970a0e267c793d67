using System.Text.Json;
using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>
/// Serializers of what stations and sessions look like outside: snake_case, null left out, ASCII only.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SessionResource))]
[JsonSerializable(typeof(ChargestationResource))]
[JsonSerializable(typeof(ConnectorResource))]
[JsonSerializable(typeof(ActionResource))]
[JsonSerializable(typeof(ReservationResource))]
[JsonSerializable(typeof(LocalListResource))]
[JsonSerializable(typeof(EnergyReportResource))]
[JsonSerializable(typeof(UnknownTokenResource))]
[JsonSerializable(typeof(FiledResource))]
[JsonSerializable(typeof(PaymentResource))]
[JsonSerializable(typeof(TimelineEntry))]
[JsonSerializable(typeof(EventResource))]
[JsonSerializable(typeof(CostResource))]
[JsonSerializable(typeof(CostLineResource))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class StationJson : JsonSerializerContext
{
    public static string Write(SessionResource value) => JsonSerializer.Serialize(value, Default.SessionResource);

    public static string Write(ChargestationResource value) =>
        JsonSerializer.Serialize(value, Default.ChargestationResource);

    public static string Write(ConnectorResource value) => JsonSerializer.Serialize(value, Default.ConnectorResource);

    public static string Write(ActionResource value) => JsonSerializer.Serialize(value, Default.ActionResource);

    public static string Write(ReservationResource value) =>
        JsonSerializer.Serialize(value, Default.ReservationResource);

    public static string Write(LocalListResource value) => JsonSerializer.Serialize(value, Default.LocalListResource);

    public static string Write(EnergyReportResource value) =>
        JsonSerializer.Serialize(value, Default.EnergyReportResource);

    public static string Write(UnknownTokenResource value) =>
        JsonSerializer.Serialize(value, Default.UnknownTokenResource);

    public static string Write(TimelineEntry value) => JsonSerializer.Serialize(value, Default.TimelineEntry);

    public static string Write(CostResource value) => JsonSerializer.Serialize(value, Default.CostResource);

    public static string Write(CostLineResource value) => JsonSerializer.Serialize(value, Default.CostLineResource);

    public static byte[] Utf8(SessionResource value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, Default.SessionResource);

    public static byte[] Utf8(ChargestationResource value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, Default.ChargestationResource);

    public static byte[] Utf8(ConnectorResource value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, Default.ConnectorResource);

    public static byte[] Utf8(ActionResource value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, Default.ActionResource);

    public static byte[] Utf8(ReservationResource value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, Default.ReservationResource);

    public static byte[] Utf8(PaymentResource value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, Default.PaymentResource);

    public static byte[] Utf8(FiledResource value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, Default.FiledResource);

    public static byte[] Utf8(UnknownTokenResource value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, Default.UnknownTokenResource);
}
