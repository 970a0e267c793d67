using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>The root certificates that a station trusts (OCPP 1.6 security whitepaper, §6).</summary>
internal sealed class CertificatesApi(CommandDesk desk, Entropy entropy)
{
    private static readonly Shape InstallShape = new(
        "CertificateBody", CertificateFields.Use.Must,
        CertificateFields.Pem("certificate", "X.509, as PEM.").Must);

    private static readonly Shape ReadShape = new("CertificatesQuery", CertificateFields.AnyUse);

    private static readonly Shape DeleteShape = new(
        "CertificateHash",
        Field.Word("hash_algorithm", ["SHA256", "SHA384", "SHA512"], "Of both hashes.").Must,
        Hex("issuer_name_hash", "Of the issuer's distinguished name, hexadecimal.", 128).Must,
        Hex("issuer_key_hash", "Of the issuer's public key, hexadecimal.", 128).Must,
        Hex("serial_number", "The certificate's, hexadecimal.", 40).Must);

    public IReadOnlyList<ApiRoute> Routes =>
    [
        Row("POST", "install_certificate", "install_certificate", "Have the station trust a root certificate.",
            Install) with
        {
            Body = InstallShape,
        },
        Row("GET", "certificates", "get_installed_certificate_ids",
            "Ask which certificates the station has; the action's response_data tells, by their hashes.",
            a => new ReadCertificates(CertificateFields.UseOf(a.Text("type")!))) with
        {
            Query = ReadShape,
        },
        Row("POST", "delete_certificate", "delete_certificate",
            "Have the station forget a root certificate, named by the hashes that it told.",
            a => new DeleteCertificate(
                a.Text("hash_algorithm")!, a.Text("issuer_name_hash")!, a.Text("issuer_key_hash")!,
                a.Text("serial_number")!)) with
        {
            Body = DeleteShape,
        },
    ];

    private static Field Hex(string name, string description, int max) =>
        Field.Text(name, description, max, min: 1) with
        {
            Rule = text => ((string)text!).All(char.IsAsciiHexDigit) ? null : "Send hexadecimal digits.",
        };

    private ApiRoute Row(
        string verb, string path, string command, string summary, Func<Asked, Outcome<StationCommand>> word)
    {
        var type = "chargestation." + command;
        return new(
            verb, $"/chargestations/{{id}}/{path}", "write:chargestations", call => desk.ToStation(call, type, word))
        {
            Summary = summary, Answer = typeof(ActionResource), Refusals = CommandDesk.Refusals, ActionType = type,
        };
    }

    private Outcome<StationCommand> Install(Asked asked)
    {
        var pem = asked.Text("certificate")!;
        return CertificateFields.Fault(pem, entropy.NowMs) is { } fault
            ? Refusal.Invalid("certificate", fault)
            : new InstallCertificate(CertificateFields.UseOf(asked.Text("type")!)!.Value, pem);
    }
}
