using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>
/// One example of each record that the API answers, of a single story: Ada charges on the market square. They are real
/// records and written by the serializers that answer requests.
/// </summary>
internal static class Samples
{
    public const string KeyText = "vg_live_Ab3dEf6hIj_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG4fGh2k";
    public const string InvitationToken = "kq3mZ1vYw0c2t5n8b7x6a4s9d";

    private static readonly Dictionary<Type, Sample> ByType = new Sample[]
    {
        Sample.Of(AccessSamples.Me, WireContext.Default.MeResource),
        Sample.Of(AccessSamples.AccessToken, WireContext.Default.AccessTokenResource),
        Sample.Of(
            AccessSamples.Organization, WireContext.Default.OrganizationResource, o => o with { ApiKey = KeyText }),
        Sample.Of(AccessSamples.ApiKey, WireContext.Default.ApiKeyResource, k => k with { Key = KeyText }),
        Sample.Of(
            AccessSamples.Admin, WireContext.Default.AdminResource,
            a => a with { Invited = true, LastLoginAt = null, Invitation = AccessSamples.Invitation }),
        Sample.Of(AccessSamples.SignIn, WireContext.Default.SignInResource),
        Sample.Of(AccessSamples.AdminSession, WireContext.Default.AdminSessionResource),
        Sample.Of(AccessSamples.AuditEntry, WireContext.Default.AuditEntryResource),
        Sample.Of(AccessSamples.User, WireContext.Default.UserResource),
        Sample.Of(
            new UserExportResource(
                AccessSamples.User, [AccessSamples.Token], [ChargingSamples.Session],
                [ChargingSamples.Reservation], [MoneySamples.Payment], [MoneySamples.TopUp], MoneySamples.Wallet),
            WireContext.Default.UserExportResource),
        Sample.Of(MoneySamples.Wallet, WireContext.Default.WalletResource),
        Sample.Of(MoneySamples.Transaction, WireContext.Default.WalletTransactionResource),
        Sample.Of(MoneySamples.TopUp, WireContext.Default.TopUpResource, MoneySamples.AsAsked),
        Sample.Of(MoneySamples.Payment, StationJson.Default.PaymentResource),
        Sample.Of(MoneySamples.Provider, WireContext.Default.PaymentProviderResource),
        Sample.Of(PlaceSamples.Frame, WireContext.Default.FrameResource),
        Sample.Of(PlaceSamples.Certificate, WireContext.Default.StationCertificateResource),
        Sample.Of(PlaceSamples.Unknown, WireContext.Default.UnknownStationResource),
        Sample.Of(PlaceSamples.Posture, WireContext.Default.PostureResource),
        Sample.Of(PlaceSamples.Attempt, WireContext.Default.ConnectionAttemptResource),
        Sample.Of(PlaceSamples.Quirks, WireContext.Default.QuirksResource),
        Sample.Of(
            new QuirkProfilesResource([PlaceSamples.Quirks.Profile!]), WireContext.Default.QuirkProfilesResource),
        Sample.Of(AccessSamples.Token, WireContext.Default.TokenResource),
        Sample.Of(AccessSamples.UnknownCard, WireContext.Default.UnknownCardResource),
        Sample.Of(PlaceSamples.Location, WireContext.Default.LocationResource),
        Sample.Of(PlaceSamples.LoadGroup, WireContext.Default.LoadGroupResource),
        Sample.Of(PlaceSamples.Load, WireContext.Default.LoadResource),
        Sample.Of(PlaceSamples.Rate, WireContext.Default.RateResource),
        Sample.Of(PlaceSamples.RateVersion, WireContext.Default.RateVersionResource),
        Sample.Of(PlaceSamples.Import, WireContext.Default.ImportResource),
        Sample.Of(
            PlaceSamples.Station, StationJson.Default.ChargestationResource,
            s => s with { Security = s.Security with { Password = "xJ4kq9ZtR2vB7nLm" } }),
        Sample.Of(PlaceSamples.Connector, StationJson.Default.ConnectorResource),
        Sample.Of(ChargingSamples.Session, StationJson.Default.SessionResource, ChargingSamples.AsCreated),
        Sample.Of(
            ChargingSamples.Reservation, StationJson.Default.ReservationResource, ChargingSamples.AsReserved),
        Sample.Of(new LocalListResource("current", 2, 2, 1, null), StationJson.Default.LocalListResource),
        Sample.Of(ChargingSamples.Report, StationJson.Default.EnergyReportResource),
        Sample.Of(ChargingSamples.Cost, StationJson.Default.CostResource),
        Sample.Of(ChargingSamples.TimelineEntry, StationJson.Default.TimelineEntry),
        Sample.Of(ChargingSamples.Action, StationJson.Default.ActionResource),
        Sample.Of(ChargingSamples.Event, StationJson.Default.EventResource),
        Sample.Of(
            HookSamples.Webhook, WireContext.Default.WebhookResource, w => w with { Secret = HookSamples.Secret }),
        Sample.Of(HookSamples.Delivery, WireContext.Default.DeliveryResource),
        Sample.Of(HookSamples.Queued, WireContext.Default.QueuedResource),
        Sample.Of(StatisticsSamples.Network, WireContext.Default.NetworkResource),
        Sample.Of(StatisticsSamples.Days, WireContext.Default.DaysResource),
    }.ToDictionary(s => s.Type);

    /// <summary>The record as its first answer shows it, or as every later one.</summary>
    /// <exception cref="InvalidOperationException">There is no sample of that record: give it a row above.</exception>
    public static JsonNode Of(Type type, bool fresh) => ByType.TryGetValue(type, out var sample)
        ? fresh ? sample.Fresh() : sample.Usual()
        : throw new InvalidOperationException($"Samples has none of {type.Name}; give it a row.");

    public static WireTime At(string time) => new(DateTimeOffset.Parse(time).ToUnixTimeMilliseconds());

    private sealed record Sample(Type Type, Func<JsonNode> Usual, Func<JsonNode> Fresh)
    {
        public static Sample Of<T>(T usual, JsonTypeInfo<T> json, Func<T, T>? fresh = null) => new(
            typeof(T), () => Node(usual, json), () => Node(fresh is null ? usual : fresh(usual), json));

        private static JsonNode Node<T>(T value, JsonTypeInfo<T> json) => JsonNode.Parse(Wire.Write(value, json))!;
    }
}
