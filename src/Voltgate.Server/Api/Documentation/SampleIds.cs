namespace Voltgate.Server.Api;

/// <summary>The ids in the documentation's examples, one for each kind of thing, so that the examples tell one story.
/// </summary>
internal static class SampleIds
{
    public const string Organization = "6956e2000000000000000001";
    public const string Location = "6956e2000000000000000002";
    public const string Rate = "6956e2000000000000000003";
    public const string NightRate = "6956e2000000000000000004";
    public const string Schedule = "6956e2000000000000000005";
    public const string Station = "6956e2000000000000000006";
    public const string Connector = "6956e2000000000000000007";
    public const string User = "6956e2000000000000000008";
    public const string Token = "6956e2000000000000000009";
    public const string Session = "6956e200000000000000000a";
    public const string Action = "6956e200000000000000000b";
    public const string Webhook = "6956e200000000000000000c";
    public const string Delivery = "6956e200000000000000000d";
    public const string Event = "6956e200000000000000000e";
    public const string ApiKey = "6956e200000000000000000f";
    public const string Admin = "6956e2000000000000000010";
    public const string SignIn = "6956e2000000000000000011";
    public const string AuditEntry = "6956e2000000000000000012";
    public const string Wallet = "6956e2000000000000000013";
    public const string TopUp = "6956e2000000000000000014";
    public const string LoadGroup = "6956e2000000000000000016";
    public const string Reservation = "6956e2000000000000000017";
    public const string Certificate = "6956e2000000000000000018";
    public const string Unknown = "6956e2000000000000000019";
    public const string Payment = "6956e2000000000000000015";

    /// <summary>What stands for {id} below a path's first word, or for a parameter of that name.</summary>
    private static readonly Dictionary<string, string> ByName = new(StringComparer.Ordinal)
    {
        ["organizations"] = Organization, ["locations"] = Location, ["rates"] = Rate, ["chargestations"] = Station,
        ["connectors"] = Connector, ["users"] = User, ["tokens"] = Token, ["sessions"] = Session,
        ["actions"] = Action, ["webhooks"] = Webhook, ["api_keys"] = ApiKey, ["admins"] = Admin, ["auth"] = SignIn,
        ["delivery"] = Delivery, ["location"] = Location, ["rate"] = Rate, ["default_rate"] = Rate,
        ["chargestation"] = Station, ["connector"] = Connector, ["user"] = User, ["token"] = Token,
        ["session"] = Session, ["wallet"] = Wallet, ["wallets"] = Wallet, ["top_up"] = TopUp, ["payments"] = Payment,
        ["organization"] = Organization, ["load_management"] = LoadGroup,
        ["reservations"] = Reservation,
        ["client_certificates"] = Certificate,
        ["unknown_stations"] = Unknown,
    };

    /// <exception cref="InvalidOperationException">There is no id of that name: give it a row above.</exception>
    public static string Of(string name) => ByName.TryGetValue(name, out var id)
        ? id
        : throw new InvalidOperationException($"SampleIds has no example for {name}; give it a row.");
}
