using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>
/// Has stations fetch a firmware: as it is (OCPP 1.6 UpdateFirmware), or signed, so that the station checks who made it
/// (security whitepaper, SignedUpdateFirmware).
/// </summary>
internal sealed class FirmwareApi(CommandDesk desk, Entropy entropy)
{
    private const string Type = "chargestation.update_firmware";

    private static readonly Shape Shape = new(
        "FirmwareBody",
        CommandFields.Url("Where the station fetches the firmware.").Must,
        Field.Time("retrieve_date", "Not before then; at once unless given."),
        CertificateFields.Pem(
            "signing_certificate", "Of the key that signed the file, as PEM; the station checks the signature."),
        Field.Text("signature", "signing_certificate only: over the file, base64.", max: 800, min: 1) with
        {
            Rule = text => Convert.TryFromBase64String((string)text!, new byte[800], out _) ? null : "Send base64.",
            Example = $"\"{CertificateSamples.Signature}\"",
        },
        Field.Time("install_date", "signing_certificate only: installed not before then."),
        CommandFields.Retries, CommandFields.RetryInterval);

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("POST", "/chargestations/{id}/update_firmware", "write:chargestations", call =>
            desk.ToStation(call, Type, Word))
        {
            Summary = "Have the station fetch and install a firmware.", Body = Shape, Answer = typeof(ActionResource),
            Refusals = CommandDesk.Refusals, ActionType = Type,
        },
    ];

    private Outcome<StationCommand> Word(Asked asked)
    {
        var firmware = new InstallFirmware(
            asked.Text("url")!, asked.Time("retrieve_date") ?? entropy.NowMs, asked.Whole("retries"),
            asked.Whole("retry_interval"));
        var (certificate, signature) = (asked.Text("signing_certificate"), asked.Text("signature"));
        var installMs = asked.Time("install_date");
        if (certificate is null)
            return (signature, installMs) switch
            {
                ({ }, _) => Refusal.Invalid("signing_certificate", "Send the certificate that the signature is of."),
                (_, { }) => Refusal.Invalid("install_date", "Only signed firmware has one; leave this field out."),
                _ => firmware,
            };
        if (signature is null) return Refusal.Invalid("signature", "Send the file's signature, as base64.");
        if (CertificateFields.Fault(certificate, entropy.NowMs) is { } fault)
            return Refusal.Invalid("signing_certificate", fault);
        if (installMs < firmware.FromMs) return Refusal.Invalid("install_date", "Send a time after retrieve_date.");
        var request = entropy.NewNumber();
        asked.Fields["request_id"] = request;
        return firmware with { Proof = new FirmwareProof(certificate, signature, request, installMs) };
    }
}
