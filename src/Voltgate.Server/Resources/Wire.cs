using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Voltgate.Server.Resources;

/// <summary>
/// How resources are written and read: snake_case, ASCII only, without what is null (api-contract §1).
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiKeyResource))]
[JsonSerializable(typeof(OrganizationResource))]
[JsonSerializable(typeof(MeResource))]
[JsonSerializable(typeof(UserResource))]
[JsonSerializable(typeof(TokenResource))]
[JsonSerializable(typeof(UnknownCardResource))]
[JsonSerializable(typeof(ConnectionAttemptResource))]
[JsonSerializable(typeof(FrameResource))]
[JsonSerializable(typeof(StationCertificateResource))]
[JsonSerializable(typeof(PostureResource))]
[JsonSerializable(typeof(UnknownStationResource))]
[JsonSerializable(typeof(QuirksResource))]
[JsonSerializable(typeof(QuirkProfilesResource))]
[JsonSerializable(typeof(WalletResource))]
[JsonSerializable(typeof(WalletTransactionResource))]
[JsonSerializable(typeof(TopUpResource))]
[JsonSerializable(typeof(PaymentProviderResource))]
[JsonSerializable(typeof(LocationResource))]
[JsonSerializable(typeof(LoadGroupResource))]
[JsonSerializable(typeof(LoadResource))]
[JsonSerializable(typeof(RateResource))]
[JsonSerializable(typeof(RateVersionResource))]
[JsonSerializable(typeof(WebhookResource))]
[JsonSerializable(typeof(ExhaustedDelivery))]
[JsonSerializable(typeof(DeliveryResource))]
[JsonSerializable(typeof(QueuedResource))]
[JsonSerializable(typeof(AccessTokenResource))]
[JsonSerializable(typeof(UserExportResource))]
[JsonSerializable(typeof(ImportResource))]
[JsonSerializable(typeof(AdminResource))]
[JsonSerializable(typeof(AdminSessionResource))]
[JsonSerializable(typeof(SignInResource))]
[JsonSerializable(typeof(AuditEntryResource))]
[JsonSerializable(typeof(NetworkResource))]
[JsonSerializable(typeof(DaysResource))]
internal sealed partial class WireContext : JsonSerializerContext;

internal static class Wire
{
    /// <summary>ASCII JSON: the default encoder escapes the rest.</summary>
    public static string Write<T>(T resource, JsonTypeInfo<T> type) => JsonSerializer.Serialize(resource, type);

    /// <summary>A body of the store, which always holds what it was written as.</summary>
    public static T Read<T>(string json, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(json, type) ?? throw new JsonException("A stored body is null.");
}
