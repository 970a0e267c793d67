using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator;

/// <summary>Logs that go out and firmware that comes in (security whitepaper, edition 2, N01 and L01).</summary>
internal static class Files
{
    public static GetLogResponse SendLog(Turn turn, GetLogRequest request)
    {
        if (turn.Has(Mishaps.Rejects) || !Uri.TryCreate(request.Log.RemoteLocation, UriKind.Absolute, out var url))
            return new(LogStatus.Rejected);
        var was = turn.State.LogRequest;
        turn.State = turn.State with { LogRequest = request.RequestId };
        turn.Effects.Add(new Upload(url, LogText(turn, request.LogType), request.RequestId));
        Later(turn, LogReport(turn));
        return new(was is null ? LogStatus.Accepted : LogStatus.AcceptedCanceled, $"{request.LogType}.log");
    }

    public static void Sent(Turn turn, Uploaded uploaded)
    {
        if (turn.State.LogRequest != uploaded.Request) return; // another log took its place
        turn.State = turn.State with { LogRequest = null };
        turn.Say(new Saying("LogStatusNotification", new LogStatusNotificationRequest(
            uploaded.Succeeded ? UploadLogStatus.Uploaded : UploadLogStatus.UploadFailure, uploaded.Request)));
    }

    public static SignedUpdateFirmwareResponse Update(Turn turn, SignedUpdateFirmwareRequest request)
    {
        if (turn.Has(Mishaps.Rejects) || !Uri.TryCreate(request.Firmware.Location, UriKind.Absolute, out _))
            return new(UpdateFirmwareStatus.Rejected);
        using var certificate = Certificates.Read(request.Firmware.SigningCertificate);
        if (certificate is null || !Certificates.IsValid(certificate, turn.NowMs))
            return new(UpdateFirmwareStatus.InvalidCertificate);
        var was = turn.State.Update;
        turn.State = turn.State with { Update = request };
        var isLater = request.Firmware.RetrieveDateTime.AtMs > turn.NowMs;
        Report(turn, isLater ? SignedFirmwareStatus.DownloadScheduled : SignedFirmwareStatus.Downloading);
        if (!isLater) Fetch(turn);
        return new(was is null ? UpdateFirmwareStatus.Accepted : UpdateFirmwareStatus.AcceptedCanceled);
    }

    /// <summary>An update that waited for its time begins.</summary>
    public static void Pass(Turn turn)
    {
        if (turn.State is not { FirmwareStatus: SignedFirmwareStatus.DownloadScheduled, Update: { } update }
            || update.Firmware.RetrieveDateTime.AtMs > turn.NowMs) return;
        Report(turn, SignedFirmwareStatus.Downloading);
        Fetch(turn);
    }

    /// <summary>L01: only what the certificate's key signed is installed.</summary>
    public static void Fetched(Turn turn, Fetched fetched)
    {
        if (turn.State.Update is not { } update || update.RequestId != fetched.Request) return;
        if (fetched.File is not { } file)
        {
            End(turn, SignedFirmwareStatus.DownloadFailed);
            return;
        }

        Report(turn, SignedFirmwareStatus.Downloaded);
        if (!IsSigned(update.Firmware, file))
        {
            End(turn, SignedFirmwareStatus.InvalidSignature);
            return;
        }

        Report(turn, SignedFirmwareStatus.SignatureVerified);
        Report(turn, SignedFirmwareStatus.Installing);
        End(turn, SignedFirmwareStatus.Installed);
    }

    public static Saying LogReport(Turn turn) => new("LogStatusNotification", new LogStatusNotificationRequest(
        turn.State.LogRequest is null ? UploadLogStatus.Idle : UploadLogStatus.Uploading, turn.State.LogRequest));

    public static Saying FirmwareReport(Turn turn) => new(
        "SignedFirmwareStatusNotification",
        new SignedFirmwareStatusNotificationRequest(turn.State.FirmwareStatus, turn.State.Update?.RequestId));

    private static void Fetch(Turn turn)
    {
        var update = turn.State.Update!;
        turn.Effects.Add(new Fetch(new Uri(update.Firmware.Location), update.RequestId));
    }

    private static void Report(Turn turn, SignedFirmwareStatus status)
    {
        turn.State = turn.State with { FirmwareStatus = status };
        Later(turn, FirmwareReport(turn));
    }

    private static void End(Turn turn, SignedFirmwareStatus status)
    {
        Report(turn, status);
        turn.State = turn.State with { Update = null, FirmwareStatus = SignedFirmwareStatus.Idle };
    }

    private static bool IsSigned(Firmware firmware, byte[] file)
    {
        using var certificate = Certificates.Read(firmware.SigningCertificate);
        Span<byte> signature = stackalloc byte[1_024];
        if (certificate is null || !Convert.TryFromBase64String(firmware.Signature, signature, out var length))
            return false;
        signature = signature[..length];
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not null)
            return rsa.VerifyData(file, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
                || rsa.VerifyData(file, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var curve = certificate.GetECDsaPublicKey();
        return curve?.VerifyData(file, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            == true;
    }

    private static string LogText(Turn turn, LogType kind)
    {
        var text = new StringBuilder();
        text.Append($"{turn.Options.Identity} {turn.Options.Vendor} {turn.Options.Model} {turn.Options.Firmware}\n");
        if (kind == LogType.DiagnosticsLog)
            foreach (var charge in turn.State.Charges)
                text.Append($"{charge.StartedAtMs} connector {charge.Connector} {charge.MeteredWh} Wh\n");
        return text.ToString();
    }

    private static void Later(Turn turn, Saying saying) =>
        turn.State = turn.State with { Soon = turn.State.Soon.Add(saying) };
}
