namespace Voltgate.Server.Api;

/// <summary>What bodies about chargestations and connectors look like (api-contract §3).</summary>
internal static class StationShapes
{
    private static readonly Field Endpoint = Field.Text(
        "endpoint", "The identity in the station's URL; made up if not given.", max: Stations.Identity.MaxLength,
        min: 1) with
    {
        Rule = value => Stations.Identity.IsWellFormed((string)value!)
            ? null
            : "Use letters, digits and signs other than / : %; no blanks around it.",
    };

    public static readonly Shape SecurityShape = new(
        "StationSecurity",
        Field.Word(
            "type", ["none", "basic_auth", "tls_basic", "mtls"],
            "OCPP's security profiles 0 to 3: nothing, a password, a password by TLS, a certificate by TLS.").Must,
        Field.Flag("allow_profile_0", "With none: it may come from other machines, too.", standard: false),
        Field.Text("serial_number", "Whom its certificate (CN) may name beside the endpoint.", max: 64, min: 1),
        Field.Flag("allow_downgrade", "Lets mtls be lowered to tls_basic; nothing else goes down.", standard: false));

    public static readonly Field[] ConnectorFields =
    [
        Field.Flag("active", "False keeps sessions from being started on it.", standard: true),
        Field.Word("type", ["CCS1", "CCS2", "CHADEMO", "J1772", "Type2", "Schuko", "NACS", "GBT"], "The plug."),
        Field.Word("format", ["CABLE", "SOCKET"], "Cable attached, or socket."),
        Field.Word("power_type", ["AC_1_PHASE", "AC_3_PHASE", "DC"], "What comes out of it.") with
        {
            Synonyms = new Dictionary<string, string>
            {
                ["ac single phase"] = "AC_1_PHASE", ["ac three phase"] = "AC_3_PHASE", ["ac 1 phase"] = "AC_1_PHASE",
                ["ac 3 phase"] = "AC_3_PHASE", ["ac_single_phase"] = "AC_1_PHASE", ["ac_three_phase"] = "AC_3_PHASE",
            },
        },
        Field.Number("power", "Rated power in kW.", 0, 10_000, decimals: 3),
        Field.Id("rate", "The rate that sessions on it are billed by."),
        Field.MetaData,
    ];

    public static readonly Shape NewConnector = new(
        "ConnectorBody",
        [
            Field.Whole("connectorId", "Its number at the station, from 1.", min: 1, max: 1_000).Must,
            Field.Whole("evseId", "The EVSE it belongs to (OCPP 2.x).", min: 1, max: 1_000),
            .. ConnectorFields,
        ]);

    public static readonly Shape ConnectorChange = new("ConnectorChange", ConnectorFields);

    private static readonly Field[] StationFields =
    [
        Field.Text("name", "What people call it.", max: 200, min: 1),
        Field.Text("description", "For people.", max: 2_000),
        Field.Id("location", "Where it stands."),
        Endpoint,
        Field.Word(
            "protocol", ["ocpp1.6", "ocpp2.0.1", "ocpp2.1"],
            "Pins the station to one version; else its own offer decides."),
        Field.Text(
            "quirk_profile", "One of GET /quirk_profiles, or none; chosen by what the station tells unless given.",
            max: 100, min: 1),
        Field.Flag("active", "False archives it: nothing can be started.", standard: true),
        Field.Flag("public", "Drivers may see it.", standard: false),
        Fields.Coordinates,
        Field.Object(
            "security", SecurityShape, "How the station must present itself; basic_auth unless said otherwise."),
        Field.MetaData,
    ];

    public static readonly Shape NewStation = new(
        "ChargestationBody",
        [
            .. StationFields,
            Field.Flag("is_simulator", "It is no real station.", standard: false),
            Field.List("connectors", Field.Object("", NewConnector), "Its connectors, if known.", max: 100),
        ]);

    public static readonly Shape StationChange = new("ChargestationChange", StationFields);
}
