# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rows of a fresh server: mail defaults of the framework among a tenant's other settings."""

from __future__ import annotations

from . import keys

MAIL_DEFAULTS = {
    keys.A_FROM: "",
    keys.A_FROM_NAME: "",
    keys.A_HOST: "127.0.0.1",
    keys.A_PORT: "25",
    keys.A_USER: "",
    keys.A_PASSWORD: "",
    keys.A_DOMAIN: "",
    keys.A_SSL: "false",
    keys.A_DEFAULT_CREDENTIALS: "true",
    keys.A_ALERTS: "false",
}

# Real answers hold API keys in clear next to the masked mail password.
OTHER_ROWS = {
    "Abp.Localization.DefaultLanguageName": "en",
    "Abp.Timing.TimeZone": "UTC",
    "Abp.Zero.OrganizationUnits.MaxUserMembershipCount": "2147483647",
    "Abp.Zero.UserManagement.IsEmailConfirmationRequiredForLogin": "false",
    "Abp.Zero.UserManagement.PasswordComplexity": '{"minLength":8,"requireDigit":true}',
    "Abp.Zero.UserManagement.TwoFactorLogin.IsEnabled": "false",
    "Abp.Zero.UserManagement.UserLockOut.DefaultAccountLockoutSeconds": "300",
    "Abp.Zero.UserManagement.UserLockOut.IsEnabled": "true",
    "Abp.Zero.UserManagement.UserLockOut.MaxFailedAccessAttemptsBeforeLockout": "10",
    "Activity.Processes.AuthenticationType": "None",
    "Auth.AutoLoginMode": "None",
    "Auth.Password.ExpirationDays": "0",
    "Auth.RestrictBasicAuth": "false",
    "Business.Calendar.Default": "",
    "Deployment.Libraries.AuthenticationType": "ApiKey",
    "Deployment.Libraries.Internal": "true",
    "Deployment.Libraries.Url": "https://orchestrator.example.com/nuget/activities",
    "Deployment.Processes.AuthenticationType": "ApiKey",
    "DeploymentBasicPassword": "",
    "DeploymentBasicUsername": "",
    "DeploymentUrl": "https://orchestrator.example.com/nuget",
    "License.AlertThreshold": "90",
    "Logs.Retention.Days": "30",
    "NuGet.Activities.ApiKey": "3c5d7e90-clear-activities-feed-key",
    "NuGet.Packages.ApiKey": "9a8b7c60-clear-packages-feed-key",
    "Queue.DefaultMaxRetries": "1",
    "Robot.CredentialCacheSeconds": "0",
    "Robot.HeartbeatSeconds": "30",
    "Robots.AutoUpdate.Enabled": "false",
    "Scheduler.NonWorkingDays": "",
    "SignalR.RobotDistributed": "false",
    "System.CustomLogo": "",
    "System.Theme": "light",
    "Tenant.CustomJobPriority": "Normal",
    "Triggers.DisableWhenFailedCount": "10",
    "Webhooks.Enabled": "true",
}

DEFAULTS = {**OTHER_ROWS, **MAIL_DEFAULTS}
