using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>Location, prices, chargestation and connector in the documentation's examples.</summary>
internal static class PlaceSamples
{
    private static readonly WireTime Made = Samples.At("2026-01-01T12:00:00.000Z");
    private static readonly WireTime Connected = Samples.At("2026-01-02T06:00:00.000Z");
    private static readonly WireJson MetaData = new("""{"order":"A-1001"}""");

    public static readonly LocationResource Location = new()
    {
        Id = SampleIds.Location, Name = "Market square", Active = true, OperatorName = "Example Charging",
        Address = new UserAddress
        {
            StreetAndNumber = "Marktplatz 1", City = "Berlin", PostalCode = "10117", Country = "DE",
        },
        Timezone = "Europe/Berlin", Coordinates = [13.404954m, 52.520008m],
        OpeningHours = new Dictionary<string, IReadOnlyList<OpeningWindow>> { ["1"] = [new("08:00", "20:00")] },
        MetaData = MetaData, CreatedAt = Made, UpdatedAt = Made,
    };

    public static readonly LoadGroupResource LoadGroup = new()
    {
        Id = SampleIds.LoadGroup, Name = "Market square", Description = "All plugs behind the square's fuse",
        Notes = "Fuse box 12", MaximumCapacity = 100, MinimumConnectorCapacity = 1.38m, Buffer = 0.1m,
        Location = SampleIds.Location, Connectors = [SampleIds.Connector], MetaData = MetaData, CreatedAt = Made,
        UpdatedAt = Made,
    };

    public static readonly LoadResource Load = new(
        SampleIds.LoadGroup, 90, 90, 61.2m, 1.38m,
        [
            new ConnectorLoadResource(
                SampleIds.Connector, SampleIds.Station, SampleIds.Session, "charging", 90, 90, 61.2m,
                "It has its share."),
        ]);

    private static readonly PriceComponentResource[] Prices =
    [
        new() { Type = "ENERGY", Price = 0.45m, Tax = 19 },
        new() { Type = "PARKING_TIME", Price = 6, Tax = 19, GracePeriod = 0.25m },
    ];

    public static readonly RateResource Rate = new()
    {
        Id = SampleIds.Rate, Name = "Standard", Description = "What everybody pays", Currency = "EUR", Active = true,
        PriceComponents = Prices, MinimumAmount = 1, MaximumAmount = 100, MetaData = MetaData,
        CreatedAt = Made, UpdatedAt = Made,
    };

    public static readonly RateVersionResource RateVersion = new(
        Rate.Id, 1, Rate.Name, Rate.Currency, Prices, Rate.MinimumAmount, Rate.MaximumAmount, null, null, Made);

    public static readonly ConnectorResource Connector = new(
        SampleIds.Connector, SampleIds.Station, 1, null, Active: true, "Available", "CCS2", "CABLE", "DC", 150,
        new WireJson(Wire.Write(Rate, WireContext.Default.RateResource)),
        new WireJson("""{"connectorId":1,"status":"Available","errorCode":"NoError"}"""), MetaData, Made, Connected);

    public static readonly ChargestationResource Station = new(
        SampleIds.Station, "Market square 1", "By the town hall", SampleIds.Location, "ocpp1.6", "MARKET-1",
        SampleIds.Station, Online: true, Active: true, Public: true, IsSimulator: false, Location.Coordinates,
        new BootInfoResource("Example", "DC-150", "SN-0001", null, "1.4.2", null, null), [Connector],
        "wss://voltgate.example.org/ocpp/MARKET-1", new SecurityResource("basic_auth", 1, null, "SN-0001", null),
        new Dictionary<string, string> { ["HeartbeatInterval"] = "300" }, null, null, Connected, null,
        Samples.At("2026-01-02T08:00:00.000Z"), MetaData, Made, Connected);

    public static readonly ImportResource Import = new(
        2, 1, 1,
        [
            new ImportLineResource(2, SampleIds.Station, "MARKET-1", "xJ4kq9ZtR2vB7nLm", null),
            new ImportLineResource(
                3, null, null, null,
                [new ImportErrorResource("endpoint", "Another chargestation has this endpoint; choose another one.")]),
        ]);

    public static readonly QuirksResource Quirks = new(
        SampleIds.Station, "by_boot",
        new QuirkProfile(
            "example-dc", "Its clock shows local time without a zone; the energy is in kWh whatever it says.",
            new QuirkMatch("Example*", "DC-*", "1.*"))
        {
            Time = new TimeQuirk(Zone: "location", Applies: "without_zone"),
            Meter = [new MeterQuirk("Energy.Active.Import.Register", "Wh", 1_000, AlsoStartAndStop: true)],
            Phases = [new PhaseQuirk("Current.Import", "L1-N", "L1")],
            Tags = new TagQuirk(KeepBefore: "_", MaxLength: 16),
            ChargingProfiles = new ChargingProfileQuirk(0, ["Relative"], ["W"], StationOnly: true, 60),
            Trigger = new TriggerQuirk(Supported: true, "zero"),
            Ping = new PingQuirk(60, Answered: false),
        });

    public static readonly ConnectionAttemptResource Attempt = new(
        SampleIds.Event, "refused", "wrong_password", SampleIds.Station, "MARKET-1", "192.0.2.7", 12,
        "The name is right and the password is not (16 bytes were sent).",
        "Enter the password again; PATCH /chargestations/{id}/reset_password makes a new one of 20 characters.",
        "16 bytes were sent", Samples.At("2026-01-02T07:00:00.000Z"), Samples.At("2026-01-02T07:55:00.000Z"));

    public static readonly StationCertificateResource Certificate = new(
        SampleIds.Certificate, SampleIds.Station, "presented",
        "3f1f0d0f6a3a5f6b1c1c2c0a9a2f4f7d5e8b6c9d0a1b2c3d4e5f60718293a4b5", "4F1C9B27",
        "CN=MARKET-1, O=Example Charging", "CN=Example Root, O=Example Charging", Made,
        Samples.At("2027-01-01T12:00:00.000Z"), Connected, Made, Connected);

    public static readonly UnknownStationResource Unknown = new(
        SampleIds.Unknown, "MARKET-2", "192.0.2.7", "ocpp1.6",
        new BootInfoResource("Example", "DC-150", "SN-0002", null, "1.4.2", null, null), Made, Connected);

    public static readonly PostureResource Posture = new(
        SampleIds.Station, "Market square 1", "MARKET-1", 1, 2, "medium",
        [
            new FindingResource(
                "profile_below_ability", "medium", "It comes by profile 2 and would be let in by 1, too.",
                "PATCH /chargestations/{id} and set security.type to what it does already."),
        ],
        Samples.At("2026-01-02T08:00:00.000Z"));

    public static readonly FrameResource Frame = new(
        "in", "CALL", "StartTransaction", "a7f3", SampleIds.Session,
        new WireJson("""
            {"connectorId":1,"idTag":"VG0123456789ABCDEF01","meterStart":1000000,"timestamp":"2026-01-02T08:00:21Z"}
            """),
        new WireJson("""{"idTagInfo":{"status":"Accepted"},"transactionId":733412771}"""), 3.217, "accepted", [], 1,
        Samples.At("2026-01-02T08:00:21.000Z"), Samples.At("2026-01-02T08:00:21.000Z"));
}
