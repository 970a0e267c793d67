using System.Text.Json;
using Voltgate.Domain.Stations;
using Voltgate.Server.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Passwords of stations: hashed, shown once, and kept readable only where an organisation asked for that.
/// </summary>
internal sealed class Credentials(
    StationPasswords passwords, Keyring keyring, References references, Ordering ordering)
{
    private const string SetPassword =
        "update chargestations set password_salt = $2, password_hash = $3, password_sealed = $4 where id = $1";

    /// <summary>Where the password stands in an answer, for the audit log.</summary>
    public const string Shown = "security.password";

    public string New() => passwords.New();

    /// <summary>The row change that makes this the station's password; null: it has none.</summary>
    public async Task<IReadOnlyList<Statement>> Set(Call call, string station, string? password)
    {
        if (password is null) return [Statement.Of(SetPassword, station, null, null, null)];
        var (salt, hash) = passwords.Hash(password);
        var shown = await Reveals(call) ? keyring.Seal(password) : null;
        return [Statement.Of(SetPassword, station, salt, hash, shown)];
    }

    public async Task<(string? Password, Refusal? Refusal)> Secure(Call call, string station, StationSecurity security)
    {
        var password = security == StationSecurity.None ? null : passwords.New();
        if (password is not null) call.Audit.Shows(Shown);
        var rows = await Set(call, station, password);
        var (_, refusal) = await ordering.Give(call, station, new SecureStation(security), _ => rows);
        return (refusal is null ? password : null, refusal);
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
