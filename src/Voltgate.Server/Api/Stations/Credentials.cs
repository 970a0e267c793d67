using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Voltgate.Domain.Stations;
using Voltgate.Server.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>A station's password as people are told it, and its bytes.</summary>
internal sealed record StationPassword(string Text, byte[] Bytes)
{
    public StationPassword(string text)
        : this(text, Encoding.UTF8.GetBytes(text))
    {
    }
}

/// <summary>
/// Passwords of stations: hashed, shown once, and kept readable only where an organisation asked for that.
/// </summary>
internal sealed class Credentials(
    StationPasswords passwords, Keyring keyring, References references, Ordering ordering)
{
    private const string SetPassword =
        "update chargestations set password_salt = $2, password_hash = $3, password_sealed = $4, "
        + "next_password_salt = null, next_password_hash = null, next_password_sealed = null, "
        + "next_password_action = null where id = $1";

    private const string SetNext =
        "update chargestations set next_password_salt = $2, next_password_hash = $3, next_password_sealed = $4, "
        + "next_password_action = $5 where id = $1";

    /// <summary>Where the password stands in an answer, for the audit log.</summary>
    public const string Shown = "security.password";

    public StationPassword New() => new(passwords.New());

    /// <summary>What the body says it shall be, checked by <see cref="Body"/>; else a new one.</summary>
    public Outcome<StationPassword> Chosen(JsonObject fields) =>
        ((string?)fields["password"], (string?)fields["authorization_key"]) switch
        {
            ({ }, { }) => Refusal.Invalid("authorization_key", "Send password or authorization_key, not both."),
            ({ } text, null) => new StationPassword(text),
            (null, { } key) => new StationPassword(key, Convert.FromHexString(key)),
            _ => New(),
        };

    // OCPP-J 1.6 §6.2.2 and the security whitepaper (AuthorizationKey): 16 to 20 bytes.
    public static readonly Shape Body = new(
        "StationPasswordBody",
        Field.Text("password", "16 to 20 printable characters; a new one is made unless given.", max: 20, min: 16) with
        {
            Rule = text => ((string)text!).All(c => c is > ' ' and <= '~')
                ? null
                : "Send 16 to 20 letters, digits and signs of ASCII, without blanks.",
        },
        Field.Text("authorization_key", "In its place, 16 to 20 bytes in hexadecimal.", max: 40, min: 32) with
        {
            Rule = text => ((string)text!).Length % 2 == 0 && ((string)text!).All(char.IsAsciiHexDigit)
                ? null
                : "Send 32 to 40 hexadecimal digits, two a byte.",
        });

    /// <summary>The row change that makes this the station's password; null: it has none.</summary>
    public async Task<IReadOnlyList<Statement>> Set(Call call, string station, StationPassword? password)
    {
        if (password is null) return [Statement.Of(SetPassword, station, null, null, null)];
        var (salt, hash) = passwords.Hash(password.Bytes);
        var shown = await Reveals(call) ? keyring.Seal(password.Text) : null;
        return [Statement.Of(SetPassword, station, salt, hash, shown)];
    }

    /// <summary>Whether a station of this profile has a password.</summary>
    public static bool Uses(StationSecurity security) =>
        security is StationSecurity.BasicAuth or StationSecurity.TlsBasic;

    /// <summary>Demands another profile. A password is kept where both have one, else made or dropped.</summary>
    public async Task<(string? Password, Refusal? Refusal)> Secure(
        Call call, ChargeStation station, SecureStation order)
    {
        var keeps = Uses(station.Security) && Uses(order.Security);
        return keeps
            ? (null, (await ordering.Give(call, station.Id, order)).Refusal)
            : await Renew(call, station.Id, order, Uses(order.Security) ? New() : null);
    }

    /// <summary>A new password in place of the old one; null: none.</summary>
    public async Task<(string? Password, Refusal? Refusal)> Renew(
        Call call, string station, SecureStation order, StationPassword? password)
    {
        if (password is not null) call.Audit.Shows(Shown);
        var rows = await Set(call, station, password);
        var (_, refusal) = await ordering.Give(
            call, station, order with { RenewsPassword = true }, result => result is OrderRefused ? [] : rows);
        return (refusal is null ? password?.Text : null, refusal);
    }

    /// <summary>
    /// The row that makes a password good beside the one that there is, in the commit of the command that tells it.
    /// </summary>
    public async Task<Func<StationAction, IEnumerable<Statement>>> Offer(
        Call call, string station, StationPassword password)
    {
        var (salt, hash) = passwords.Hash(password.Bytes);
        var shown = await Reveals(call) ? keyring.Seal(password.Text) : null;
        return action => [Statement.Of(SetNext, station, salt, hash, shown, action.Id)];
    }

    public async Task<string?> Revealed(Call call, string station)
    {
        // Who only reads what others run has no use for what lets a station in.
        if (call.Caller is { Operator: not null } && !call.Caller.May("write:chargestations")) return null;
        var shown = await references.Read(call, "chargestations", "password_sealed", station);
        if (shown is null || !await Reveals(call)) return null;
        call.Audit.Shows(Shown);
        return keyring.Unseal(shown);
    }

    private async Task<bool> Reveals(Call call)
    {
        if (await references.Read(call, "organizations", "body", call.Organization) is not { } body) return false;
        using var document = JsonDocument.Parse(body);
        return document.RootElement.TryGetProperty("reveal_station_passwords", out var flag)
            && flag.ValueKind == JsonValueKind.True;
    }
}
