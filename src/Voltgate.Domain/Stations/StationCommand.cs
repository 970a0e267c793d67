using Voltgate.Domain.Access;

namespace Voltgate.Domain.Stations;

/// <summary>What the platform tells a station, in words that no OCPP version owns.</summary>
public abstract record StationCommand
{
    /// <summary>As it may be kept and shown to people: without what is secret in it.</summary>
    public virtual StationCommand Shown => this;
}

/// <param name="EnergyFromMs">Energy shall flow from then on only (unix ms); null: at once.</param>
/// <param name="Unit">What the station is told in that there is none until then.</param>
public sealed record StartCharging(
    Place Place, string IdTag, long? EnergyFromMs = null, RateUnit Unit = RateUnit.A) : StationCommand
{
    /// <summary>The session's: what the station then starts names it (2.x remoteStartId).</summary>
    public int Number { get; init; }
}

public sealed record StopCharging(int Number) : StationCommand
{
    /// <summary>The station's own id of the transaction (2.x); null: it has none.</summary>
    public string? Transaction { get; init; }
}

/// <summary>Whether a transaction goes on, and whether messages wait (2.0.1 E14 GetTransactionStatus).</summary>
public sealed record ReadTransaction(string Transaction) : StationCommand;

/// <summary>What a transaction costs so far, taxes included, for its driver to see (2.0.1 I02 CostUpdated).</summary>
public sealed record TellCost(string Transaction, long CostMicros) : StationCommand;

/// <param name="Place">The station, or the part of it that is restarted alone.</param>
public sealed record ResetStation(bool Hard, Place Place = default) : StationCommand;

public sealed record UnlockConnector(Place Place) : StationCommand;

public sealed record ChangeAvailability(Place Place, bool Available) : StationCommand;

/// <param name="Keys">Empty: all of them.</param>
public sealed record ReadConfiguration(IReadOnlyList<string> Keys) : StationCommand;

public sealed record WriteConfiguration(string Key, string Value) : StationCommand
{
    public override StationCommand Shown => SecretKey.Is(Key) ? this with { Value = SecretKey.Hidden } : this;
}

/// <summary>Several at once, all of which the station has taken, or the command has failed.</summary>
public sealed record WriteSettings(IReadOnlyList<KeyValuePair<string, string>> Values) : StationCommand
{
    public override StationCommand Shown => new WriteSettings(
        [.. Values.Select(v => SecretKey.Is(v.Key) ? new(v.Key, SecretKey.Hidden) : v)]);
}

/// <summary>
/// The configuration key that holds a station's password. Write-only (OCPP-J 1.6 §6.2.2), so it is kept nowhere.
/// </summary>
public static class SecretKey
{
    public const string Hidden = "***";

    // What 2.x calls so, in whatever component: SecurityCtrlr.BasicAuthPassword, NetworkConfiguration/1.VpnPassword.
    private static readonly string[] Variables = ["BasicAuthPassword", "VpnPassword", "ApnPassword"];

    // OCPP 1.6 §9: the case of a key does not matter.
    public static bool Is(string key) => key.Trim().Equals("AuthorizationKey", StringComparison.OrdinalIgnoreCase)
        || Variables.Contains(
            key.Trim().Split('.')[^1].Split('/')[0], StringComparer.OrdinalIgnoreCase);
}

/// <summary>URLs that stations are given: whoever knows one can use it, or reads a password in it.</summary>
public static class SecretUrl
{
    /// <summary>The URL without user, query and fragment, and without its path where that is the secret.</summary>
    public static string Shown(string url, bool showsPath) => Uri.TryCreate(url, UriKind.Absolute, out var read)
        ? read.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
            + (showsPath ? read.AbsolutePath : "/" + SecretKey.Hidden)
            + (showsPath && read.Query.Length > 0 ? "?" + SecretKey.Hidden : "")
        : SecretKey.Hidden;
}

/// <summary>How a station can connect, in one of its slots; taken once its priorities name that (2.x B09).</summary>
/// <param name="Url">Where stations connect; each adds its identity.</param>
/// <param name="Interface">The version's own word: Wired0, Wireless0, …</param>
/// <param name="PatienceSeconds">How long the station waits for an answer.</param>
public sealed record SetNetworkProfile(
    int Slot, string Url, StationSecurity Security, string Interface, int PatienceSeconds) : StationCommand;

/// <summary>A request that no word here is for, as the version has it.</summary>
/// <param name="Action">The version's own word for the request.</param>
/// <param name="Payload">A JSON object.</param>
public sealed record SendRequest(string Action, string Payload) : StationCommand
{
    /// <summary>Requests that may hold passwords, or URLs that are as good as one.</summary>
    private static readonly string[] Confidential =
        ["GetLog", "PublishFirmware", "SetNetworkProfile", "SetVariables", "UpdateFirmware"];

    public override StationCommand Shown =>
        Confidential.Contains(Action) ? this with { Payload = SecretKey.Hidden } : this;
}

public sealed record ClearCache : StationCommand;

public sealed record SendData(string VendorId, string? MessageId, string? Data) : StationCommand;

public sealed record TriggerReport(string Message, Place? Place) : StationCommand;

public sealed record SetProfile(Place Place, ChargingProfile Profile) : StationCommand;

/// <summary>Takes away every profile that all of what is given fits; nothing given: all of them.</summary>
public sealed record ClearProfiles(
    int? Id = null, Place? Place = null, ProfilePurpose? Purpose = null, int? StackLevel = null) : StationCommand;

/// <summary>What the station makes of all its profiles together.</summary>
public sealed record ReadSchedule(Place Place, int DurationSeconds, RateUnit? Unit = null) : StationCommand;

/// <param name="FromMs">Not before then (unix ms).</param>
public sealed record InstallFirmware(
    string Url, long FromMs, int? Retries = null, int? RetryIntervalSeconds = null) : StationCommand
{
    /// <summary>What the station holds the file to; null: it installs what it gets.</summary>
    public FirmwareProof? Proof { get; init; }

    public override StationCommand Shown => this with { Url = SecretUrl.Shown(Url, showsPath: true) };
}

/// <summary>Who made a firmware, and the update's number, by which the station reports.</summary>
/// <param name="Certificate">PEM, of the key that signed.</param>
/// <param name="Signature">Base64, over the file.</param>
/// <param name="InstallFromMs">Installed not before then (unix ms); null: as soon as it is fetched.</param>
public sealed record FirmwareProof(string Certificate, string Signature, int Request, long? InstallFromMs = null);

/// <param name="Url">Where the station puts the file.</param>
public sealed record SendDiagnostics(
    string Url, long? FromMs = null, long? ToMs = null, int? Retries = null, int? RetryIntervalSeconds = null)
    : StationCommand
{
    public override StationCommand Shown => this with { Url = SecretUrl.Shown(Url, showsPath: false) };
}

public enum LogKind
{
    Diagnostics,
    Security,
}

/// <param name="Url">Where the station puts the file.</param>
/// <param name="Request">The log's number, by which the station reports.</param>
public sealed record SendLog(
    LogKind Kind, string Url, int Request, long? FromMs = null, long? ToMs = null, int? Retries = null,
    int? RetryIntervalSeconds = null) : StationCommand
{
    public override StationCommand Shown => this with { Url = SecretUrl.Shown(Url, showsPath: false) };
}

/// <summary>What a station trusts a root certificate for, or has a chain of its own for.</summary>
public enum CertificateUse
{
    CentralSystemRoot,
    ManufacturerRoot,

    /// <summary>Whom vehicles and stations trust both (ISO 15118).</summary>
    V2GRoot,

    /// <summary>Who signs drivers' contracts (ISO 15118).</summary>
    MobilityOperatorRoot,

    /// <summary>The station's own, for vehicles (ISO 15118); it is read only.</summary>
    V2GChain,
}

/// <param name="Certificate">PEM.</param>
public sealed record InstallCertificate(CertificateUse Use, string Certificate) : StationCommand;

/// <param name="Chain">PEM: the station's own certificate, then those above it.</param>
public sealed record CarryCertificate(string Chain) : StationCommand
{
    /// <summary>What it is for, in the version's own word; null: the station's own connection.</summary>
    public string? Use { get; init; }

    /// <summary>The number by which the station asked for it (2.1); null: none.</summary>
    public int? Request { get; init; }
}

/// <summary>Names a certificate as stations do: hexadecimal hashes of its issuer's name and key, its serial number.
/// </summary>
/// <param name="Algorithm">SHA256, SHA384 or SHA512.</param>
public sealed record DeleteCertificate(
    string Algorithm, string IssuerNameHash, string IssuerKeyHash, string SerialNumber) : StationCommand;

/// <param name="Use">Null: of every use.</param>
public sealed record ReadCertificates(CertificateUse? Use) : StationCommand;

/// <param name="Place">The station: any of its connectors.</param>
/// <param name="Number">The reservation's; a known one is replaced.</param>
public sealed record ReservePlace(Place Place, int Number, string IdTag, string? Group, long ExpiresAtMs)
    : StationCommand
{
    /// <summary>What kind of token it is for (2.x IdTokenEnumType); null: not known.</summary>
    public string? TokenType { get; init; }
}

public sealed record ReleasePlace(int Number) : StationCommand;

public sealed record ReadTokenList : StationCommand;

/// <summary>Which tokens the station takes by itself while it is not connected.</summary>
/// <param name="IsFull">The whole list, else changes to it.</param>
public sealed record WriteTokenList(int Version, bool IsFull, IReadOnlyList<ListedToken> Tokens) : StationCommand;

/// <param name="Verdict">Null: it leaves the list.</param>
/// <param name="Group">Tokens of one group may end each other's sessions.</param>
public readonly record struct ListedToken(
    string IdTag, Authorization? Verdict, long? ExpiresAtMs = null, string? Group = null)
{
    /// <summary>What kind of token it is (2.x IdTokenEnumType); null: not known.</summary>
    public string? Type { get; init; }

    /// <summary>The token as it stands now.</summary>
    public static ListedToken Of(TokenFacts token, long nowMs) =>
        new(token.PhysicalId, TokenMachine.VerdictOn(token, nowMs), token.ExpiresAtMs, token.Group)
        {
            Type = token.Type,
        };
}

public enum Answer
{
    Accepted,
    Rejected,
    Unsupported,
    TimedOut,
    Offline,
}

/// <summary>How a command fared.</summary>
/// <param name="Status">The station's own word ("Accepted", "Scheduled", "RebootRequired", …) or our reason.</param>
/// <param name="Payload">The station's whole answer as JSON, where it gave one.</param>
/// <param name="Configuration">Keys and values that the answer tells of the station's configuration.</param>
public sealed record Receipt(
    Answer Answer, string Status, string? Payload = null, IReadOnlyDictionary<string, string>? Configuration = null)
{
    /// <summary>The version of its list of tokens, where it was asked for that.</summary>
    public int? ListVersion { get; init; }

    /// <summary>How the transaction stands that it was asked about.</summary>
    public TransactionStanding? Standing { get; init; }

    /// <summary>The station answered with an error, not with a result.</summary>
    public bool IsError { get; init; }
}

/// <param name="IsOngoing">Null: not told.</param>
/// <param name="HasQueue">Messages about it are still to come.</param>
public sealed record TransactionStanding(bool? IsOngoing, bool HasQueue);
